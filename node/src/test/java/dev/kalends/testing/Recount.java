package dev.kalends.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kalends.job.JobPhase;
import dev.kalends.job.Run;
import dev.kalends.job.RunKind;
import dev.kalends.job.RunState;
import dev.kalends.job.Schedule;
import dev.kalends.journal.Counts;
import dev.kalends.journal.StoreReader;
import dev.kalends.journal.StoreReader.JobRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Counts a partition's jobs, runs and dead letters one by one, and holds the kept counters against it. */
public final class Recount {
    private static final int ALL = Integer.MAX_VALUE;
    private static final List<String> NAMES = List.of(
            "scheduled", "paused", "finished", "cancelled", "ready", "running", "retrying", "dead", "oneOffsDecided");

    private final TreeMap<String, long[]> countsByTenant = new TreeMap<>();

    private Recount(StoreReader reader) {
        for (JobRow row : reader.jobs(Optional.empty(), _ -> true, ALL, ALL).rows()) {
            count(row, row.open() ? reader.openRuns(row.spec().id()) : List.of());
        }
        reader.dead(Optional.empty(), _ -> true, ALL)
                .forEach(letter -> of(letter.run().route().tenant())[7]++);
    }

    /** Fails, naming what differs, unless the counters are right. */
    public static void check(StoreReader reader) {
        assertEquals(List.of(), differences(reader), "counters differ from a recount");
    }

    /** What differs, in words. */
    public static List<String> differences(StoreReader reader) {
        Recount recount = new Recount(reader);
        TreeMap<String, long[]> keptByTenant = new TreeMap<>();
        for (Counts kept : reader.counts()) {
            keptByTenant.put(kept.tenant(), values(kept));
        }
        List<String> differences = new ArrayList<>();
        TreeMap<String, long[]> all = new TreeMap<>(recount.countsByTenant);
        keptByTenant.forEach(all::putIfAbsent);
        for (String tenant : all.keySet()) {
            long[] kept = keptByTenant.getOrDefault(tenant, new long[NAMES.size()]);
            long[] counted = recount.countsByTenant.getOrDefault(tenant, new long[NAMES.size()]);
            for (int i = 0; i < counted.length; i++) {
                if (kept[i] != counted[i]) {
                    differences.add(tenant + "." + NAMES.get(i) + " kept=" + kept[i] + " counted=" + counted[i]);
                }
            }
        }
        return differences;
    }

    private void count(JobRow row, List<Run> open) {
        long[] counts = of(row.spec().tenant());
        boolean fired = open.stream().anyMatch(run -> run.id().kind() == RunKind.SCHEDULED);
        boolean once = row.spec().schedule() instanceof Schedule.Once;
        boolean manual = row.spec().schedule() instanceof Schedule.Manual;
        if (row.state().isEmpty()) {
            counts[0] += fired ? 0 : 1;
            counts[8] += fired ? 1 : 0;
        } else {
            JobPhase phase = row.state().get().phase();
            boolean waits =
                    phase != JobPhase.SCHEDULED || row.state().get().next().isPresent() || manual;
            counts[phase.ordinal()] += waits ? 1 : 0;
            counts[8] += once && row.state().get().lastNominalMs() >= 0 ? 1 : 0;
            boolean openWithoutNote = once && fired && row.state().get().lastNominalMs() < 0;
            counts[8] += openWithoutNote ? 1 : 0;
        }
        for (Run run : open) {
            of(run.route().tenant())[index(run.state())]++;
        }
    }

    private static int index(RunState state) {
        return switch (state) {
            case READY -> 4;
            case LEASED -> 5;
            case RETRYING -> 6;
            case SUCCEEDED, DEAD, CANCELLED, SKIPPED, MISSED ->
                throw new AssertionError("an open run has ended; state=" + state);
        };
    }

    private long[] of(String tenant) {
        return countsByTenant.computeIfAbsent(tenant, _ -> new long[NAMES.size()]);
    }

    private static long[] values(Counts counts) {
        return new long[] {
            counts.scheduled(),
            counts.paused(),
            counts.finished(),
            counts.cancelled(),
            counts.ready(),
            counts.running(),
            counts.retrying(),
            counts.dead(),
            counts.oneOffsDecided()
        };
    }
}
