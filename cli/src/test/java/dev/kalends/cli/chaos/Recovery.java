package dev.kalends.cli.chaos;

import dev.kalends.cli.history.Execution;
import dev.kalends.cli.history.RunRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How long after each blow the partitions that were hit fired again: to the first start of a run that came due after
 * the blow.
 *
 * @param afterMs one for each blow and partition, in ascending order
 */
record Recovery(List<Long> afterMs) {
    private static final long SOON_MS = 10_000;

    static Recovery of(List<CellRun.Mark> marks, List<RunRecord> records) {
        Map<Integer, List<RunRecord>> recordsByPartition = new HashMap<>();
        for (RunRecord run : records) {
            if (run.startedMs() > 0) {
                recordsByPartition
                        .computeIfAbsent(Records.partition(run), _ -> new ArrayList<>())
                        .add(run);
            }
        }
        List<Long> afterMs = new ArrayList<>();
        for (CellRun.Mark mark : marks) {
            for (int partition : mark.partitions()) {
                recordsByPartition.getOrDefault(partition, List.of()).stream()
                        .filter(run -> run.nominalMs() > mark.atMs())
                        .mapToLong(RunRecord::startedMs)
                        .min()
                        .ifPresent(startedMs -> afterMs.add(startedMs - mark.atMs()));
            }
        }
        Collections.sort(afterMs);
        return new Recovery(List.copyOf(afterMs));
    }

    /** How late the latest run was that came due soon after a blow, for each blow and partition. */
    static Recovery lateness(List<CellRun.Mark> marks, List<RunRecord> records) {
        List<Long> lateMs = new ArrayList<>();
        for (CellRun.Mark mark : marks) {
            Map<Integer, Long> worstByPartition = new HashMap<>();
            records.stream()
                    .filter(run -> run.startedMs() > 0
                            && run.nominalMs() >= mark.atMs()
                            && run.nominalMs() < mark.atMs() + SOON_MS
                            && mark.partitions().contains(Records.partition(run)))
                    .forEach(run -> worstByPartition.merge(
                            Records.partition(run), run.startedMs() - run.nominalMs(), Math::max));
            lateMs.addAll(worstByPartition.values());
        }
        Collections.sort(lateMs);
        return new Recovery(List.copyOf(lateMs));
    }

    /** The same for runs that a blow cut off in the middle: to the start of their next attempt. */
    static Recovery ofCutOff(List<CellRun.Mark> marks, List<Execution> executions) {
        Map<String, List<Execution>> executionsByRun = new HashMap<>();
        for (Execution execution : executions) {
            executionsByRun
                    .computeIfAbsent(execution.run(), _ -> new ArrayList<>())
                    .add(execution);
        }
        List<Long> afterMs = new ArrayList<>();
        for (Execution cut : executions) {
            if (cut.endMs() != 0) {
                continue;
            }
            long hitMs = marks.stream()
                    .mapToLong(CellRun.Mark::atMs)
                    .filter(atMs -> atMs >= cut.startMs())
                    .min()
                    .orElse(cut.startMs());
            executionsByRun.getOrDefault(cut.run(), List.of()).stream()
                    .filter(next -> next.attempt() > cut.attempt())
                    .mapToLong(Execution::startMs)
                    .min()
                    .ifPresent(startMs -> afterMs.add(startMs - hitMs));
        }
        Collections.sort(afterMs);
        return new Recovery(List.copyOf(afterMs));
    }

    long quantileMs(double share) {
        int index = (int) Math.ceil(share * afterMs.size()) - 1;
        return afterMs.isEmpty() ? 0 : afterMs.get(Math.clamp(index, 0, afterMs.size() - 1));
    }

    @Override
    public String toString() {
        return afterMs.isEmpty()
                ? "-"
                : quantileMs(0) + "/" + quantileMs(0.5) + "/" + quantileMs(0.9) + "/" + quantileMs(1) + " ms of "
                        + afterMs.size();
    }
}
