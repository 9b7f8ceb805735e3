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
import java.util.Optional;
import java.util.TreeMap;

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
        FireTimes times = FireTimes.of(spec.schedule(), spec.hashSeed());
        long firstMs = Math.max(spec.acceptedMs(), spec.window().fromMs().orElse(0L) - 1);
        for (LedgerLine line : reader.ledger(spec.id(), 0, ALL)) {
            long count = 0;
            for (long at = times.nextAfter(line.fromMs() - 1); at <= line.toMs(); at = times.nextAfter(at)) {
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
        for (long at = times.nextAfter(firstMs); at <= state.lastNominalMs(); at = times.nextAfter(at)) {
            if (verdictByNominal.remove(at) == null) {
                fail("no verdict for a nominal instant; job=" + spec.display() + " nominalMs=" + at);
            }
        }
        assertEquals("{}", verdictByNominal.toString(), "verdicts for instants that the schedule does not name");
    }

    private static void enter(Map<Long, String> verdictByNominal, long at, String verdict) {
        String before = verdictByNominal.put(at, verdict);
        if (before != null) {
            fail("two verdicts for a nominal instant; nominalMs=" + at + " first=" + before + " second=" + verdict);
        }
    }
}
