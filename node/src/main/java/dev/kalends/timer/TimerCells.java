package dev.kalends.timer;

import java.util.Arrays;

/**
 * The memory of a wheel: cells of three words, one a timer, in segments that are added as needed and never moved.
 *
 * <pre>
 * word 0   due instant 48 bits | generation, low 16 bits
 * word 1   payload
 * word 2   generation, high 8 bits | previous cell 28 bits | next cell 28 bits
 * </pre>
 *
 * <p>A cell's generation rises when it is freed, so an old handle no longer fits. A cell whose generations are used up
 * is never used again: that costs 24 bytes in 16 million timers, and no stale handle can ever cancel a stranger.
 */
final class TimerCells {
    /** No cell: ends a list. */
    static final int NONE = (1 << 28) - 1;
    /** Latest due instant; the one after it marks a free cell. */
    static final long DUE_MAX_MS = (1L << 48) - 2;

    private static final int WORDS = 3;
    private static final int SEGMENT_BITS = 14;
    private static final int SEGMENT_CELLS = 1 << SEGMENT_BITS;
    private static final int LINK_BITS = 28;
    private static final long LINK = NONE;
    private static final long FREE = DUE_MAX_MS + 1;
    private static final int GENERATION_MAX = (1 << 24) - 1;
    private static final int LOW_GENERATION = 0xffff;
    private static final long HIGH_GENERATION = 0xffL << (2 * LINK_BITS);

    private long[][] segments = new long[1][];
    private int used;
    private int firstFree = NONE;

    /** Takes a cell for a timer; its links are unset. */
    int take(long dueMs, long payload) {
        int cell = firstFree;
        if (cell == NONE) {
            cell = fresh();
        } else {
            firstFree = next(cell);
        }
        long[] words = words(cell);
        int at = at(cell);
        words[at] = (dueMs << 16) | (words[at] & LOW_GENERATION);
        words[at + 1] = payload;
        return cell;
    }

    /** Gives a cell back; its handles are stale from now on. */
    void free(int cell) {
        long[] words = words(cell);
        int at = at(cell);
        int generation = generation(cell);
        int following = (generation + 1) & GENERATION_MAX;
        words[at] = (FREE << 16) | (following & LOW_GENERATION);
        words[at + 2] = ((long) (following >>> 16) << (2 * LINK_BITS)) | ((long) NONE << LINK_BITS) | firstFree;
        if (generation < GENERATION_MAX) {
            firstFree = cell;
        }
    }

    /** Frees every cell in use. */
    void freeAll() {
        for (int cell = used - 1; cell >= 0; cell--) {
            if (dueMs(cell) != FREE) {
                free(cell);
            }
        }
    }

    /** The handle of a cell's timer. */
    long handle(int cell) {
        return ((long) generation(cell) << LINK_BITS) | cell;
    }

    /** The cell of a handle's timer, or {@link #NONE} when that timer is gone. */
    int cellOf(long handle) {
        long cell = handle & LINK;
        long generation = handle >>> LINK_BITS;
        boolean alive = cell < used && dueMs((int) cell) != FREE && generation((int) cell) == generation;
        return alive ? (int) cell : NONE;
    }

    long dueMs(int cell) {
        return words(cell)[at(cell)] >>> 16;
    }

    long payload(int cell) {
        return words(cell)[at(cell) + 1];
    }

    int next(int cell) {
        return (int) (words(cell)[at(cell) + 2] & LINK);
    }

    int previous(int cell) {
        return (int) ((words(cell)[at(cell) + 2] >>> LINK_BITS) & LINK);
    }

    void link(int cell, int previous, int next) {
        long[] words = words(cell);
        int at = at(cell) + 2;
        words[at] = (words[at] & HIGH_GENERATION) | ((long) previous << LINK_BITS) | next;
    }

    void linkNext(int cell, int next) {
        long[] words = words(cell);
        int at = at(cell) + 2;
        words[at] = (words[at] & ~LINK) | next;
    }

    void linkPrevious(int cell, int previous) {
        long[] words = words(cell);
        int at = at(cell) + 2;
        words[at] = (words[at] & ~(LINK << LINK_BITS)) | ((long) previous << LINK_BITS);
    }

    private int generation(int cell) {
        long[] words = words(cell);
        int at = at(cell);
        return (int) ((words[at + 2] >>> (2 * LINK_BITS)) << 16) | (int) (words[at] & LOW_GENERATION);
    }

    private int fresh() {
        if (used == NONE) {
            throw new IllegalStateException("the wheel is full; timers=" + used);
        }
        int segment = used >>> SEGMENT_BITS;
        if (segment == segments.length) {
            segments = Arrays.copyOf(segments, Math.min(segments.length * 2, (NONE >>> SEGMENT_BITS) + 1));
        }
        if ((used & (SEGMENT_CELLS - 1)) == 0) {
            segments[segment] = new long[SEGMENT_CELLS * WORDS];
        }
        return used++;
    }

    private long[] words(int cell) {
        return segments[cell >>> SEGMENT_BITS];
    }

    private static int at(int cell) {
        return (cell & (SEGMENT_CELLS - 1)) * WORDS;
    }
}
