package dev.kalends.partition;

import dev.kalends.job.JobId;
import dev.kalends.job.JobSpec;
import dev.kalends.job.Priority;
import dev.kalends.job.Run;
import dev.kalends.job.RunId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The runs that wait to be claimed, by queue and tier: an index in memory, rebuilt from the open runs.
 *
 * <p>Choice: the run with the earliest <em>virtual</em> ready time, which is its ready time plus {@value #AGING_MS} ms
 * for each tier below high; and every {@value #LOW_TURN}th grant goes to the lowest tier that waits. So a high run
 * passes lower ones, but nothing waits for ever: a low run is passed only by high runs that became ready within a
 * minute of it, and low still moves under a flood of high.
 *
 * <p>An entry may be out of date (its run was cancelled meanwhile); whoever takes it looks at the run.
 */
public final class ReadyRuns {
    /** What one tier is worth in waiting time, in milliseconds. */
    public static final long AGING_MS = 30_000;
    /** One grant in so many goes to the lowest waiting tier. */
    public static final int LOW_TURN = 8;

    private final Map<String, RunRing[]> ringsByQueue = new HashMap<>();
    private final Map<Shelf, ArrayDeque<Run>> runsByShelf = new HashMap<>();
    private final LimitBook limits = new LimitBook();
    private final Set<RunId> late = new HashSet<>();
    private long turns;

    /** Adds a run that became READY. */
    public void add(Run run) {
        RunRing[] rings = ringsByQueue.computeIfAbsent(run.route().queue(), _ -> newRings());
        rings[run.route().priority().tier()].add(run.id(), run.wakeMs());
    }

    /** Takes in all that may start, and all that runs, as a new leader finds it. */
    public void restore(List<Run> open, Function<Run, Optional<JobSpec>> spec) {
        List<Run> waiting = new ArrayList<>();
        for (Run run : open) {
            switch (run.state()) {
                case LEASED -> spec.apply(run).ifPresent(found -> limits.take(run.id(), found));
                case READY -> {
                    if (!run.marks().held()) {
                        waiting.add(run);
                    }
                }
                case RETRYING, SUCCEEDED, DEAD, CANCELLED, SKIPPED, MISSED -> {}
            }
        }
        waiting.sort(Comparator.comparingLong(Run::wakeMs));
        waiting.forEach(this::add);
    }

    LimitBook limits() {
        return limits;
    }

    /** Where runs wait for the end of a pause, or for room under a limit key. */
    sealed interface Shelf {
        record OfJob(JobId job) implements Shelf {}

        record OfTenant(String tenant) implements Shelf {}

        record OfEverything() implements Shelf {}

        record OfLimit(LimitBook.Key key, int most) implements Shelf {}

        /** The shelf of a tenant, or of everything. */
        static Shelf of(Optional<String> tenant) {
            return tenant.<Shelf>map(OfTenant::new).orElseGet(OfEverything::new);
        }
    }

    /** Puts a run that was taken aside until its shelf is taken down, or has room. */
    void setAside(Shelf shelf, Run run) {
        runsByShelf.computeIfAbsent(shelf, _ -> new ArrayDeque<>()).add(run);
    }

    /** The pause is over: what waited for that waits to be claimed again. */
    void takeDown(Shelf shelf) {
        ArrayDeque<Run> waited = runsByShelf.remove(shelf);
        if (waited != null) {
            waited.forEach(this::comeBack);
        }
    }

    private void comeBack(Run run) {
        late.add(run.id());
        add(run);
    }

    /** A lease is over: the first run that waits under each of its limit keys may be claimed again. */
    void leaseEnded(RunId run) {
        List<LimitBook.Key> keys = limits.release(run);
        if (!keys.isEmpty()) {
            refill();
        }
    }

    /** Brings back a run from each limit key that has room; false when there is none. */
    boolean refill() {
        List<Run> back = new ArrayList<>();
        runsByShelf.forEach((shelf, waiting) -> {
            if (shelf instanceof Shelf.OfLimit limit && limits.hasRoom(limit.key(), limit.most())) {
                back.add(waiting.removeFirst());
            }
        });
        runsByShelf.values().removeIf(ArrayDeque::isEmpty);
        back.forEach(this::comeBack);
        return !back.isEmpty();
    }

    /** Whether a run waited for the end of a pause or for room; asked once, when it is claimed. */
    boolean wasAside(RunId run) {
        return !late.isEmpty() && late.remove(run);
    }

    /** Takes the run that should start next in some queues. */
    Optional<RunId> poll(List<String> queues) {
        turns++;
        RunRing best = null;
        long bestKey = Long.MAX_VALUE;
        boolean lowTurn = turns % LOW_TURN == 0;
        for (String queue : queues) {
            RunRing[] rings = ringsByQueue.get(queue);
            if (rings == null) {
                continue;
            }
            for (int tier = 0; tier < rings.length; tier++) {
                if (rings[tier].size() == 0) {
                    continue;
                }
                long key = lowTurn ? -tier : rings[tier].headReadyMs() + tier * AGING_MS;
                if (best == null || key < bestKey) {
                    best = rings[tier];
                    bestKey = key;
                }
            }
        }
        return best == null ? Optional.empty() : Optional.of(best.poll());
    }

    /** Whether anything waits in one of some queues. */
    public boolean waitsIn(List<String> queues) {
        for (String queue : queues) {
            RunRing[] rings = ringsByQueue.get(queue);
            if (rings != null && waiting(rings) > 0) {
                return true;
            }
        }
        return false;
    }

    /** Whether anything waits at all. */
    public boolean any() {
        for (RunRing[] rings : ringsByQueue.values()) {
            if (waiting(rings) > 0) {
                return true;
            }
        }
        return false;
    }

    /** Queues in which something waits. */
    public List<String> waitingQueues() {
        if (!any()) {
            return List.of();
        }
        List<String> queues = new ArrayList<>();
        ringsByQueue.forEach((queue, rings) -> {
            if (waiting(rings) > 0) {
                queues.add(queue);
            }
        });
        return queues;
    }

    private static int waiting(RunRing[] rings) {
        return rings[0].size() + rings[1].size() + rings[2].size();
    }

    /** Waiting runs by queue, entries that are out of date included. */
    public Map<String, Integer> depthByQueue() {
        Map<String, Integer> depth = new TreeMap<>();
        ringsByQueue.forEach((queue, rings) -> depth.put(queue, waiting(rings)));
        return depth;
    }

    private static RunRing[] newRings() {
        RunRing[] rings = new RunRing[Priority.values().length];
        for (int i = 0; i < rings.length; i++) {
            rings[i] = new RunRing();
        }
        return rings;
    }
}
