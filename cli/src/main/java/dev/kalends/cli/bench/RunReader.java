package dev.kalends.cli.bench;

import dev.kalends.api.RunPage;
import dev.kalends.api.RunView;
import dev.kalends.cli.output.Times;
import dev.kalends.client.RunQuery;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Reads from the list of runs what became of a benchmark's jobs. */
final class RunReader {
    private static final int PAGE = 1_000;
    private static final long DONE_WITHIN_MS = 120_000;
    private static final long SKEW_MAX_MS = 3_600_000;

    private final Bench bench;

    RunReader(Bench bench) {
        this.bench = bench;
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
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    Seen read(long dueFromMs, long dueUntilMs) {
        Histogram skew = new Histogram(SKEW_MAX_MS, 3);
        long early = 0;
        long firstDue = Long.MAX_VALUE;
        long lastStart = 0;
        Optional<String> after = Optional.empty();
        do {
            RunPage page = bench.client()
                    .runs(new RunQuery(
                            Optional.empty(),
                            Optional.of("succeeded"),
                            Optional.empty(),
                            Optional.empty(),
                            PAGE,
                            after));
            for (RunView run : page.items()) {
                long dueMs = Times.ofRfc3339(run.dueAt());
                if (run.skewMs() == null || dueMs < dueFromMs || dueMs >= dueUntilMs) {
                    continue;
                }
                early += run.skewMs() < 0 ? 1 : 0;
                skew.recordValue(Math.clamp(run.skewMs(), 0, SKEW_MAX_MS));
                firstDue = Math.min(firstDue, dueMs);
                lastStart = Math.max(lastStart, Times.ofRfc3339(run.startedAt()));
            }
            after = Optional.ofNullable(page.next());
        } while (after.isPresent());
        return new Seen(skew, early, firstDue, lastStart);
    }
}
