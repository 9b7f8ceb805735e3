package dev.kalends.timer;

import java.util.Arrays;

/**
 * Who is who in a wheel: ids in blocks of 32, each of which says in one word which of its timers wait.
 *
 * <pre>
 * generation 20 bits | entries in slots 6 bits | ids given 6 bits | timers that wait 32 bits
 * </pre>
 *
 * <p>A slot gives the ids of one block after the other to the timers that are scheduled into it, so that timers that
 * are moved and go out together also have their bits together. A block's ids are given once; it is used again, as the
 * next generation, when all are given and no entry names one any more. So a cleared bit is all that a cancel leaves
 * behind, an old handle never fits again, and all this costs 12 bytes in 32 timers. A block whose generations are used
 * up is never used again.
 */
final class TimerBlocks {
    static final int ID_BITS = 28;
    /** No block. */
    static final int NONE = -1;

    private static final int INDEX_BITS = 5;
    private static final int BLOCK_IDS = 1 << INDEX_BITS;
    private static final int MAX = 1 << (ID_BITS - INDEX_BITS);
    private static final int ID_MASK = (1 << ID_BITS) - 1;
    private static final long GIVEN_ONE = 1L << 32;
    private static final long ENTRY_ONE = 1L << 38;
    private static final long ENTRIES = 63L << 38;
    private static final long GIVEN = 63L << 32;
    private static final long GIVEN_ALL = (long) BLOCK_IDS << 32;
    private static final int GENERATION_SHIFT = 44;
    private static final long GENERATION_ONE = 1L << GENERATION_SHIFT;
    private static final long GENERATION_MAX = -1L << GENERATION_SHIFT;

    private long[] states = new long[64];
    /** The slot in which a block's ids are given. */
    private int[] slots = new int[64];

    private int[] free = new int[64];
    private int freeCount;
    private int used;
    private int waiting;
    private int cancelled;

    /**
     * Takes a block of which no id is given.
     *
     * @param slot where its timers will be; {@link #slot} tells it
     */
    int take(int slot) {
        int block = freeCount > 0 ? free[--freeCount] : fresh();
        slots[block] = slot;
        return block;
    }

    private int fresh() {
        if (used == MAX) {
            throw new IllegalStateException("the wheel is full; timers=" + waiting + " cancelled=" + cancelled);
        }
        if (used == states.length) {
            states = Arrays.copyOf(states, Math.min(2 * used, MAX));
            slots = Arrays.copyOf(slots, states.length);
        }
        return used++;
    }

    /** Whether a block has no id left to give. */
    boolean isFull(int block) {
        return (states[block] & GIVEN) == GIVEN_ALL;
    }

    /** Gives the next id of a block to a timer that waits from now on. */
    int give(int block) {
        long state = states[block];
        int index = (int) ((state & GIVEN) >>> 32);
        states[block] = (state | (1L << index)) + (GIVEN_ONE + ENTRY_ONE);
        waiting++;
        return block << INDEX_BITS | index;
    }

    /** The handle of the timer that has an id. */
    long handle(int id) {
        return (states[id >>> INDEX_BITS] >>> GENERATION_SHIFT) << ID_BITS | id;
    }

    /** The slot into which the timer of a handle was scheduled; it may have been moved since. */
    int slot(long handle) {
        return slots[id(handle) >>> INDEX_BITS];
    }

    /** Marks the timer of a handle as cancelled; false when it does not wait. */
    boolean cancel(long handle) {
        int id = id(handle);
        int block = id >>> INDEX_BITS;
        if (block >= used) {
            return false;
        }
        long state = states[block];
        long bit = 1L << (id & (BLOCK_IDS - 1));
        if ((state & bit) == 0 || state >>> GENERATION_SHIFT != handle >>> ID_BITS) {
            return false;
        }
        states[block] = state & ~bit;
        waiting--;
        cancelled++;
        return true;
    }

    /** The id of a handle. */
    static int id(long handle) {
        return (int) handle & ID_MASK;
    }

    /** Whether the timer of an id waits; if not, its entry is dropped and the id {@link #release released}. */
    boolean waits(int id) {
        return (states[id >>> INDEX_BITS] & (1L << (id & (BLOCK_IDS - 1)))) != 0;
    }

    /** Frees the id of an entry that leaves its slot; false when its timer had been cancelled. */
    boolean release(int id) {
        int block = id >>> INDEX_BITS;
        long state = states[block];
        long bit = 1L << (id & (BLOCK_IDS - 1));
        boolean waited = (state & bit) != 0;
        if (waited) {
            waiting--;
        } else {
            cancelled--;
        }
        state = (state & ~bit) - ENTRY_ONE;
        states[block] = state;
        if ((state & (ENTRIES | GIVEN)) == GIVEN_ALL) {
            free(block);
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

    /** Frees every block. */
    void freeAll() {
        freeCount = 0;
        waiting = 0;
        cancelled = 0;
        for (int block = used - 1; block >= 0; block--) {
            if ((states[block] & GIVEN) != 0) {
                free(block);
            } else {
                push(block);
            }
        }
    }

    private void free(int block) {
        long generation = states[block] & GENERATION_MAX;
        if (generation == GENERATION_MAX) {
            states[block] = generation | GIVEN_ALL;
        } else {
            states[block] = generation + GENERATION_ONE;
            push(block);
        }
    }

    private void push(int block) {
        if (freeCount == free.length) {
            free = Arrays.copyOf(free, 2 * freeCount);
        }
        free[freeCount++] = block;
    }
}
