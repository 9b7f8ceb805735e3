package dev.kalends.server;

import dev.kalends.api.ApiException;
import dev.kalends.api.StatsView;
import dev.kalends.job.JobId;
import dev.kalends.job.JobSpec;
import dev.kalends.job.JobState;
import dev.kalends.job.LedgerLine;
import dev.kalends.job.Run;
import dev.kalends.job.RunKind;
import dev.kalends.job.Schedule;
import dev.kalends.journal.Counts;
import dev.kalends.journal.StoreReader;
import dev.kalends.journal.StoreReader.JobRow;
import dev.kalends.runtime.PartitionHandle;
import dev.kalends.schedule.FireTimes;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Compares what should have fired with what has a verdict: <em>expected</em> is recomputed from the schedules alone,
 * not counted by the code that fires; <em>accounted</em> is what the ledger and the open runs hold.
 *
 * <p>Both are taken up to a moment a little in the past, so that fires that are being decided right now are no gap, and
 * not beyond what the leaders have come to decide: a leader that has just begun has yet to catch up, and says so. It
 * reads committed state, off the partitions' threads, a bounded number of jobs a step; a pass over all jobs may take
 * many steps, and its result stands until the next pass ends. Not thread-safe but for {@link #last}.
 */
public final class LedgerAudit {
    /** How far in the past the comparison is made, in milliseconds. */
    static final long GRACE_MS = 2_000;
    /** How far a leader may lie behind with deciding; what is older without a verdict is a gap all the same. */
    static final long LAG_MAX_MS = 60_000;

    private static final long NEVER = -1;
    private static final int JOBS_A_STEP = 2_000;
    private static final int LINES_PAGE = 1_000;

    private final Partitions partitions;
    private final Clocks clocks;
    /** Through which instant each partition had decided, when that was last known. */
    private final long[] decidedThroughMs;

    private volatile StatsView.Ledger last = new StatsView.Ledger(0, 0);
    private Optional<Pass> pass = Optional.empty();

    private static final class Pass {
        private final long throughMs;
        private int partition;
        private Optional<JobId> after = Optional.empty();
        private long expected;
        private long accounted;

        Pass(long throughMs) {
            this.throughMs = throughMs;
        }
    }

    public LedgerAudit(Partitions partitions, Clocks clocks) {
        this.partitions = partitions;
        this.clocks = clocks;
        this.decidedThroughMs = new long[partitions.all().size()];
        Arrays.fill(decidedThroughMs, NEVER);
    }

    /** The result of the last whole pass. */
    StatsView.Ledger last() {
        return last;
    }

    /**
     * Goes a bounded step on.
     *
     * @return whether the pass ended with it, or none could begin
     */
    public boolean step() {
        if (pass.isEmpty()) {
            pass = comparable().map(Pass::new);
        }
        if (pass.isEmpty()) {
            return true;
        }
        try {
            return goOn(pass.get());
        } catch (ApiException e) {
            // A partition that is held elsewhere cannot be read now: what was counted of the others is dropped.
            pass = Optional.empty();
            return true;
        }
    }

    private boolean goOn(Pass current) {
        PartitionHandle handle = partitions.all().get(current.partition);
        StoreReader reader = handle.reader();
        // Jobs that repeat have day 0 in their id, so they come first: the first one-off ends the scan.
        boolean[] oneOffs = {false};
        StoreReader.JobPage page = reader.jobs(
                current.after,
                row -> {
                    oneOffs[0] |= row.spec().id().day() > 0;
                    return row.spec().id().day() == 0;
                },
                JOBS_A_STEP,
                JOBS_A_STEP);
        for (JobRow row : page.rows()) {
            recurring(current, reader, row);
        }
        current.after = page.next();
        if (!oneOffs[0] && page.next().isPresent()) {
            return false;
        }
        oneOffs(current, reader);
        current.partition++;
        current.after = Optional.empty();
        if (current.partition < partitions.all().size()) {
            return false;
        }
        last = new StatsView.Ledger(current.expected, current.accounted);
        pass = Optional.empty();
        return true;
    }

    /** The instant through which everything should have a verdict; empty while a partition was never led here. */
    private Optional<Long> comparable() {
        long nowMs = clocks.nowMs();
        long throughMs = nowMs;
        for (int i = 0; i < decidedThroughMs.length; i++) {
            PartitionHandle.Status status = partitions.all().get(i).status();
            if (status.leading() && status.decidedThroughMs() >= 0) {
                decidedThroughMs[i] = Math.clamp(status.decidedThroughMs(), nowMs - LAG_MAX_MS, nowMs);
            }
            if (decidedThroughMs[i] == NEVER) {
                return Optional.empty();
            }
            throughMs = Math.min(throughMs, decidedThroughMs[i]);
        }
        return Optional.of(throughMs - GRACE_MS);
    }

    private void recurring(Pass current, StoreReader reader, JobRow row) {
        JobSpec spec = row.spec();
        if (spec.schedule() instanceof Schedule.Manual) {
            return;
        }
        long throughMs = lastExpectedMs(current.throughMs, row);
        current.expected += expected(reader, row, throughMs);
        current.accounted += verdicts(reader, row, throughMs);
        for (Run run : reader.openRuns(spec.id())) {
            boolean counts = run.id().kind() == RunKind.SCHEDULED && run.id().nominalMs() <= throughMs;
            current.accounted += counts ? 1 : 0;
        }
    }

    /** The last nominal instant that must have a verdict or an open run. */
    private static long lastExpectedMs(long throughMs, JobRow row) {
        long untilMs = throughMs - row.spec().movedMs();
        if (row.state().isEmpty()) {
            return untilMs;
        }
        JobState state = row.state().get();
        return switch (state.phase()) {
            case SCHEDULED, FINISHED -> untilMs;
            // What a pause holds back has its verdict when it ends.
            case PAUSED ->
                state.ahead()
                        .map(next -> Math.min(untilMs, next.nominalMs() - 1))
                        .orElse(untilMs);
            case CANCELLED ->
                Math.min(
                        untilMs,
                        Math.max(
                                state.lastNominalMs(),
                                state.phaseSinceMs() - GRACE_MS - row.spec().movedMs()));
        };
    }

    /** Each generation's own fires, from its acceptance to the next one's, within its window. */
    private static long expected(StoreReader reader, JobRow row, long throughMs) {
        long expected = 0;
        int last = row.spec().generation();
        Optional<JobSpec> following = generation(reader, row, 1);
        for (int generation = 1; generation <= last; generation++) {
            Optional<JobSpec> found = following;
            following = generation < last ? generation(reader, row, generation + 1) : Optional.empty();
            if (found.isEmpty()) {
                continue;
            }
            JobSpec spec = found.get();
            long fromMs = Math.max(spec.acceptedMs(), spec.window().fromMs().orElse(0L) - 1);
            long toMs = Math.min(throughMs, following.map(JobSpec::acceptedMs).orElse(Long.MAX_VALUE));
            toMs = Math.min(toMs, spec.window().untilMs().orElse(Long.MAX_VALUE) - 1);
            long fires = FireTimes.of(spec.schedule(), spec.hashSeed()).countBetween(fromMs, toMs);
            // Fires of earlier generations count towards the most that a later one allows.
            long left = spec.window().maxRuns().orElse(Integer.MAX_VALUE) - expected;
            expected += Math.clamp(left, 0, fires);
        }
        return expected;
    }

    private static Optional<JobSpec> generation(StoreReader reader, JobRow row, int generation) {
        return generation == row.spec().generation()
                ? Optional.of(row.spec())
                : reader.spec(row.spec().id(), generation);
    }

    /** The schedule of the generation that rules a nominal instant; no ledger line is of two. */
    private static FireTimes times(StoreReader reader, JobRow row, long nominalMs) {
        for (int generation = row.spec().generation(); generation > 1; generation--) {
            Optional<JobSpec> spec = generation(reader, row, generation);
            if (spec.isPresent() && spec.get().acceptedMs() < nominalMs) {
                return FireTimes.of(spec.get().schedule(), spec.get().hashSeed());
            }
        }
        JobSpec first = generation(reader, row, 1).orElse(row.spec());
        return FireTimes.of(first.schedule(), first.hashSeed());
    }

    private static long verdicts(StoreReader reader, JobRow row, long throughMs) {
        long verdicts = 0;
        long fromMs = 0;
        while (true) {
            List<LedgerLine> lines = reader.ledger(row.spec().id(), fromMs, LINES_PAGE);
            for (LedgerLine line : lines) {
                if (line.toMs() <= throughMs) {
                    verdicts += line.count();
                } else {
                    verdicts += times(reader, row, line.fromMs()).countBetween(line.fromMs() - 1, throughMs);
                }
            }
            if (lines.size() < LINES_PAGE) {
                return verdicts;
            }
            fromMs = lines.getLast().toMs() + 1;
        }
    }

    /**
     * One-offs are counted, not listed. The counter of those decided is read between the two counts of those due: what
     * it has beyond the first count is explained by fires of that moment, as long as it does not exceed the second.
     */
    private void oneOffs(Pass current, StoreReader reader) {
        long dueBefore = reader.oneOffsDue(current.throughMs);
        long decided =
                reader.counts().stream().mapToLong(Counts::oneOffsDecided).sum();
        long dueNow = reader.oneOffsDue(clocks.nowMs());
        current.expected += dueBefore;
        current.accounted += decided > dueNow ? decided : Math.min(decided, dueBefore);
    }
}
