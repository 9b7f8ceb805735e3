package dev.kalends.cli.bench;

import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorCode;
import dev.kalends.api.RunPage;
import dev.kalends.api.RunView;
import dev.kalends.cli.output.Times;
import dev.kalends.client.RunQuery;
import dev.kalends.schedule.InstantText;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;

/** Reads from the list of runs what became of a benchmark's jobs. */
final class RunReader {
    private static final int PAGE = 1_000;
    private static final long DONE_WITHIN_MS = 120_000;
    /** Seldom: the answer counts every open run, and takes the node from what is measured. */
    private static final long POLL_MS = 2_000;

    private static final long SKEW_MAX_MS = 3_600_000;

    private final Bench bench;
    private final Optional<String> since;

    RunReader(Bench bench) {
        this(bench, Optional.empty());
    }

    private RunReader(Bench bench, Optional<String> since) {
        this.bench = bench;
        this.since = since;
    }

    /** A reader of the runs that were touched since an instant only. */
    RunReader since(long instantMs) {
        return new RunReader(bench, Optional.of(InstantText.format(instantMs)));
    }

    /**
     * What the runs that were due in a stretch of time did.
     *
     * @param skewMs first start minus due instant
     * @param early starts before the due instant
     * @param firstDueMs the earliest due instant
     * @param lastStartMs the latest start
     */
    record Seen(Histogram skewMs, long early, long firstDueMs, long lastStartMs) {}

    /** Waits until no run is open any more. */
    void awaitQuiet() throws InterruptedException {
        long startedNs = bench.clock().nowNs();
        while (bench.clock().nowNs() - startedNs < TimeUnit.MILLISECONDS.toNanos(DONE_WITHIN_MS)) {
            var runs = bench.client().stats().runs();
            long open = runs.getOrDefault("ready", 0L) + runs.getOrDefault("running", 0L);
            if (open == 0) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MS);
        }
    }

    /** The first start at or after an instant; throws when there is none. */
    long firstStartMs(long fromMs) {
        long[] first = {Long.MAX_VALUE};
        each(run -> {
            long startMs = run.startedAt() == null ? 0 : Times.ofRfc3339(run.startedAt());
            first[0] = startMs >= fromMs ? Math.min(first[0], startMs) : first[0];
        });
        if (first[0] == Long.MAX_VALUE) {
            throw new ApiException(ErrorCode.FAILED, "nothing started again; from=" + InstantText.format(fromMs), "");
        }
        return first[0];
    }

    Seen read(long dueFromMs, long dueUntilMs) {
        Tally tally = new Tally();
        each(run -> {
            long dueMs = Times.ofRfc3339(run.dueAt());
            if (run.skewMs() != null && run.startedAt() != null && dueMs >= dueFromMs && dueMs < dueUntilMs) {
                tally.add(dueMs, run.skewMs(), Times.ofRfc3339(run.startedAt()));
            }
        });
        return new Seen(tally.skew, tally.early, tally.firstDueMs, tally.lastStartMs);
    }

    private void each(Consumer<RunView> sink) {
        Optional<String> after = Optional.empty();
        do {
            RunPage page = bench.client()
                    .runs(new RunQuery(
                            Optional.empty(), Optional.of("succeeded"), since, Optional.empty(), PAGE, after));
            page.items().forEach(sink);
            after = Optional.ofNullable(page.next());
        } while (after.isPresent());
    }

    /** What adds up while runs are read. */
    private static final class Tally {
        private final Histogram skew = new Histogram(SKEW_MAX_MS, 3);
        private long early;
        private long firstDueMs = Long.MAX_VALUE;
        private long lastStartMs;

        void add(long dueMs, long skewMs, long startedMs) {
            early += skewMs < 0 ? 1 : 0;
            skew.recordValue(Math.clamp(skewMs, 0, SKEW_MAX_MS));
            firstDueMs = Math.min(firstDueMs, dueMs);
            lastStartMs = Math.max(lastStartMs, startedMs);
        }
    }
}
