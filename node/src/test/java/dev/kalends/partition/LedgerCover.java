package dev.kalends.partition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import dev.kalends.job.JobSpec;
import dev.kalends.job.JobState;
import dev.kalends.job.LedgerLine;
import dev.kalends.job.Run;
import dev.kalends.job.RunKind;
import dev.kalends.journal.StoreReader;
import dev.kalends.journal.StoreReader.JobRow;
import dev.kalends.schedule.FireTimes;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Holds ledger and open runs against the schedule: every decided nominal instant is there exactly once. */
final class LedgerCover {
    private static final int ALL = Integer.MAX_VALUE;

    private LedgerCover() {}

    static void check(StoreReader reader) {
        for (JobRow row : reader.jobs(Optional.empty(), _ -> true, ALL, ALL).rows()) {
            if (row.spec().schedule().repeats() && row.state().isPresent()) {
                check(reader, row.spec(), row.state().get());
            }
        }
    }

    private static void check(StoreReader reader, JobSpec spec, JobState state) {
        TreeMap<Long, String> verdictByNominal = new TreeMap<>();
        NavigableSet<Long> nominal = nominal(reader, spec, state);
        for (LedgerLine line : reader.ledger(spec.id(), 0, ALL)) {
            long count = 0;
            for (long at : nominal.subSet(line.fromMs(), true, line.toMs(), true)) {
                enter(verdictByNominal, at, line.verdict().word());
                count++;
            }
            assertEquals(line.count(), count, "a line counts its instants; line=" + line);
        }
        for (Run run : reader.openRuns(spec.id())) {
            if (run.id().kind() == RunKind.SCHEDULED) {
                enter(verdictByNominal, run.id().nominalMs(), "open");
            }
        }
        for (long at : nominal.headSet(state.lastNominalMs(), true)) {
            if (verdictByNominal.remove(at) == null) {
                fail("no verdict for a nominal instant; job=" + spec.display() + " nominalMs=" + at);
            }
        }
        assertEquals("{}", verdictByNominal.toString(), "verdicts for instants that the schedule does not name");
    }

    /** What the schedules name up to the last instant that has a verdict, each generation for its own time. */
    private static NavigableSet<Long> nominal(StoreReader reader, JobSpec current, JobState state) {
        TreeSet<Long> nominal = new TreeSet<>();
        long untilMs = state.lastNominalMs();
        for (int generation = current.generation(); generation >= 1; generation--) {
            JobSpec spec = reader.spec(current.id(), generation).orElseThrow();
            FireTimes times = FireTimes.of(spec.schedule(), spec.hashSeed());
            long firstMs = Math.max(spec.acceptedMs(), spec.window().fromMs().orElse(0L) - 1);
            for (long at = times.nextAfter(firstMs); at <= untilMs; at = times.nextAfter(at)) {
                nominal.add(at);
            }
            untilMs = Math.min(untilMs, spec.acceptedMs());
        }
        return nominal;
    }

    private static void enter(Map<Long, String> verdictByNominal, long at, String verdict) {
        String before = verdictByNominal.put(at, verdict);
        if (before != null) {
            fail("two verdicts for a nominal instant; nominalMs=" + at + " first=" + before + " second=" + verdict);
        }
    }
}
