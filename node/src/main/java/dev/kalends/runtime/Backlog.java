package dev.kalends.runtime;

import dev.kalends.job.JobId;
import dev.kalends.job.Priority;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The jobs that came due while nobody could fire, as a new term finds them: a flood that is let in a portion a batch,
 * after whatever is due now, those of the high tier first. Owned by the partition's thread.
 *
 * <p>A job costs 8 bytes here. Its tier is read when its portion is sorted, not before the term begins: a takeover does
 * not wait for a million reads.
 */
final class Backlog {
    /** Jobs decided a batch: what is due meanwhile waits for no more than these. */
    static final int PORTION = 512;

    private static final int SORTED_A_PORTION = 2_048;
    private static final long NS_A_S = 1_000_000_000L;

    private final Function<JobId, Priority> priority;
    private final LongRing unsorted = new LongRing();
    private final LongRing[] sorted = new LongRing[Priority.values().length];
    private long floorMs = Long.MAX_VALUE;
    private volatile long beganNs;
    private volatile long decided;

    private long count;
    private volatile long left;

    /** A backlog that asks for a job's tier when it must. */
    Backlog(Function<JobId, Priority> priority) {
        this.priority = priority;
        for (int tier = 0; tier < sorted.length; tier++) {
            sorted[tier] = new LongRing();
        }
    }

    void clear(long nowNs) {
        unsorted.clear();
        for (LongRing ring : sorted) {
            ring.clear();
        }
        floorMs = Long.MAX_VALUE;
        beganNs = nowNs;
        decided = 0;
        count = 0;
        left = 0;
    }

    void add(long dueMs, JobId job) {
        unsorted.add(job.value());
        floorMs = Math.min(floorMs, dueMs);
        count++;
        left = count;
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** Nothing in it was due before this; {@link Long#MAX_VALUE} when it is empty. */
    long floorMs() {
        return isEmpty() ? Long.MAX_VALUE : floorMs;
    }

    /** Decides the next portion. */
    void poll(Consumer<JobId> decider) {
        for (int i = 0; i < SORTED_A_PORTION && unsorted.size() > 0; i++) {
            JobId job = new JobId(unsorted.poll());
            sorted[priority.apply(job).tier()].add(job.value());
        }
        long before = count;
        for (int taken = 0; taken < PORTION; taken++) {
            LongRing next = next();
            if (next.size() == 0) {
                break;
            }
            decider.accept(new JobId(next.poll()));
            count--;
        }
        left = count;
        long all = decided + before - count;
        decided = all;
    }

    /** The highest tier that has something; the lower ones wait until everything has been sorted. */
    private LongRing next() {
        for (LongRing ring : sorted) {
            if (ring.size() > 0 || (ring == sorted[0] && unsorted.size() > 0)) {
                return ring;
            }
        }
        return sorted[0];
    }

    /** Jobs that are left; from any thread. */
    long left() {
        return left;
    }

    /** How long it will take at the pace so far, in milliseconds; -1 while that is not known. */
    long etaMs(long nowNs) {
        double passedS = (double) (nowNs - beganNs) / NS_A_S;
        return left == 0 ? 0 : decided == 0 ? -1 : (long) (left * passedS * 1_000 / decided);
    }
}
