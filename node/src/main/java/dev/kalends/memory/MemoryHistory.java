package dev.kalends.memory;

import dev.kalends.job.JobId;
import dev.kalends.job.Run;
import dev.kalends.job.RunId;
import dev.kalends.job.RunState;
import dev.kalends.journal.Store;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** History lines in memory, numbered in the order in which they came. */
final class MemoryHistory {
    private final TreeMap<Long, Run> runBySequence = new TreeMap<>();
    private final Map<RunId, TreeSet<Long>> sequencesByRun = new HashMap<>();
    private final Map<JobId, TreeSet<Long>> sequencesByJob = new HashMap<>();
    /** Lines by when they ended, for pruning. */
    private final TreeSet<End> ends =
            new TreeSet<>(Comparator.comparingLong(End::atMs).thenComparingLong(End::sequence));

    private long next = 1;

    private record End(long atMs, long sequence) {}

    MemoryHistory() {}

    MemoryHistory(MemoryHistory original) {
        original.runBySequence.forEach(this::enter);
        next = original.next;
    }

    void append(Run run) {
        enter(next++, run);
    }

    Optional<Run> last(RunId id) {
        return Optional.ofNullable(sequencesByRun.get(id))
                .flatMap(lines -> Optional.ofNullable(runBySequence.get(lines.last())));
    }

    boolean has(JobId job) {
        return sequencesByJob.containsKey(job);
    }

    List<Run> of(JobId job, long beforeSequence, int limit) {
        List<Run> runs = new ArrayList<>();
        for (long sequence : sequencesByJob
                .getOrDefault(job, new TreeSet<>())
                .headSet(beforeSequence, false)
                .descendingSet()) {
            if (runs.size() == limit) {
                break;
            }
            Optional.ofNullable(runBySequence.get(sequence)).ifPresent(runs::add);
        }
        return runs;
    }

    /** Lines before a sequence, newest first. */
    NavigableMap<Long, Run> before(long sequence) {
        return runBySequence.headMap(sequence, false).descendingMap();
    }

    /** Lines after a sequence, oldest first. */
    Map<Long, Run> after(long sequence, int limit) {
        Map<Long, Run> lines = new LinkedHashMap<>();
        for (Map.Entry<Long, Run> line : runBySequence.tailMap(sequence, false).entrySet()) {
            if (lines.size() == limit) {
                break;
            }
            lines.put(line.getKey(), line.getValue());
        }
        return lines;
    }

    /** The newest lines, oldest first. */
    List<Run> newest(long limit) {
        return runBySequence.values().stream()
                .skip(Math.max(0, runBySequence.size() - limit))
                .toList();
    }

    int prune(Store.History cut, int limit) {
        List<Long> gone = new ArrayList<>();
        long latestMs = Math.max(cut.succeededBeforeMs(), cut.othersBeforeMs());
        for (End end : ends.headSet(new End(latestMs, 0))) {
            if (gone.size() == limit) {
                break;
            }
            Run run = runBySequence.get(end.sequence());
            boolean succeeded = run != null && run.state() == RunState.SUCCEEDED;
            if (end.atMs() < (succeeded ? cut.succeededBeforeMs() : cut.othersBeforeMs())) {
                gone.add(end.sequence());
            }
        }
        gone.forEach(this::remove);
        return gone.size();
    }

    private void enter(long sequence, Run run) {
        runBySequence.put(sequence, run);
        ends.add(new End(run.times().finishedMs(), sequence));
        sequencesByRun.computeIfAbsent(run.id(), _ -> new TreeSet<>()).add(sequence);
        sequencesByJob.computeIfAbsent(run.id().job(), _ -> new TreeSet<>()).add(sequence);
    }

    private void remove(long sequence) {
        Run run = runBySequence.remove(sequence);
        if (run != null) {
            ends.remove(new End(run.times().finishedMs(), sequence));
            forget(sequencesByRun, run.id(), sequence);
            forget(sequencesByJob, run.id().job(), sequence);
        }
    }

    private static <K> void forget(Map<K, ? extends Set<Long>> sequencesByKey, K key, long sequence) {
        Set<Long> sequences = sequencesByKey.get(key);
        if (sequences != null && sequences.remove(sequence) && sequences.isEmpty()) {
            sequencesByKey.remove(key);
        }
    }
}
