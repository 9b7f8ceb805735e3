package dev.kalends.timer;

import java.util.Arrays;

/**
 * Who is who in a wheel: an id a timer, with the count of its uses, and one bit that says whether its timer waits.
 *
 * <p>An id comes back when the entry that names it has left its slot, not when its timer is cancelled. So a cleared bit
 * is all that a cancel leaves behind, and whoever meets an entry without its bit drops it and frees the id. The count
 * rises when an id is taken: an old handle no longer fits. An id whose count is used up is never taken again.
 *
 * <p>4 bytes a timer for the count, a bit for the state, 4 bytes an id that is free.
 */
final class TimerIds {
    static final int ID_BITS = 28;
    /** No id. */
    static final int NONE = -1;

    private static final int MAX = 1 << ID_BITS;
    private static final int SEGMENT_BITS = 12;
    private static final int SEGMENT_IDS = 1 << SEGMENT_BITS;
    private static final int USES_MAX = -1;

    /** Times that an id was taken, unsigned. */
    private int[][] uses = new int[1][];
    /** One bit an id: its timer waits. */
    private long[] waits = new long[SEGMENT_IDS / 64];

    private int[] free = new int[64];
    private int freeCount;
    private int given;
    private int waiting;
    private int cancelled;

    /** Takes an id for a timer that waits from now on. */
    int take() {
        int id;
        if (freeCount > 0) {
            id = free[--freeCount];
        } else {
            id = fresh();
        }
        uses[id >>> SEGMENT_BITS][id & (SEGMENT_IDS - 1)]++;
        waits[id >>> 6] |= 1L << id;
        waiting++;
        return id;
    }

    /** The handle of the timer that has an id. */
    long handle(int id) {
        return (usesOf(id) & 0xffff_ffffL) << ID_BITS | id;
    }

    /** Marks the timer of a handle as cancelled; false when it does not wait. */
    boolean cancel(long handle) {
        int id = (int) handle & (MAX - 1);
        if (handle < 0 || id >= given || !waits(id) || (usesOf(id) & 0xffff_ffffL) != handle >>> ID_BITS) {
            return false;
        }
        waits[id >>> 6] &= ~(1L << id);
        waiting--;
        cancelled++;
        return true;
    }

    /** Whether the timer of an id waits; if not, its entry is dropped and the id {@link #release released}. */
    boolean waits(int id) {
        return (waits[id >>> 6] & (1L << id)) != 0;
    }

    /** Frees the id of an entry that leaves its slot; false when its timer had been cancelled. */
    boolean release(int id) {
        boolean waited = waits(id);
        if (waited) {
            waits[id >>> 6] &= ~(1L << id);
            waiting--;
        } else {
            cancelled--;
        }
        if (usesOf(id) != USES_MAX) {
            push(id);
        }
        return waited;
    }

    /** Timers that wait. */
    int waiting() {
        return waiting;
    }

    /** Timers that were cancelled and whose entries still lie in a slot. */
    int cancelled() {
        return cancelled;
    }

    /** Frees every id. */
    void releaseAll() {
        Arrays.fill(waits, 0);
        freeCount = 0;
        waiting = 0;
        cancelled = 0;
        for (int id = given - 1; id >= 0; id--) {
            if (usesOf(id) != USES_MAX) {
                push(id);
            }
        }
    }

    private int usesOf(int id) {
        return uses[id >>> SEGMENT_BITS][id & (SEGMENT_IDS - 1)];
    }

    private void push(int id) {
        if (freeCount == free.length) {
            free = Arrays.copyOf(free, freeCount + (freeCount >> 1));
        }
        free[freeCount++] = id;
    }

    private int fresh() {
        if (given == MAX) {
            throw new IllegalStateException("the wheel is full; timers=" + waiting + " cancelled=" + cancelled);
        }
        int segment = given >>> SEGMENT_BITS;
        if (segment == uses.length) {
            uses = Arrays.copyOf(uses, segment * 2);
        }
        if ((given & (SEGMENT_IDS - 1)) == 0) {
            uses[segment] = new int[SEGMENT_IDS];
            if (given >>> 6 == waits.length) {
                waits = Arrays.copyOf(waits, waits.length * 2);
            }
        }
        return given++;
    }
}
