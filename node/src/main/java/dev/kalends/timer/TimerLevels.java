package dev.kalends.timer;

import static dev.kalends.timer.TimerCells.NONE;

import java.util.Arrays;

/**
 * The hierarchy of slots over a cursor: 4 levels of 4,096 slots, for the 48 bits of an instant.
 *
 * <p>Every timer here is due at or after the cursor. It lies at the level of the highest 12-bit digit in which its due
 * instant differs from the cursor, in the slot of that digit. So the place follows from cursor and due instant alone:
 * two timers of one instant are always in one list, in insertion order, and a timer is found again without a search.
 * At level 0 a slot is one millisecond. At the upper levels the slot that the cursor is in is empty: it was cascaded
 * when the cursor came to its start.
 */
final class TimerLevels {
    private static final int DIGIT_BITS = 12;
    private static final int SLOTS = 1 << DIGIT_BITS;
    private static final int MASK = SLOTS - 1;
    private static final int LEVELS = 4;
    private static final int WORDS = SLOTS / 64;

    private final TimerCells cells;
    private final int[] heads = new int[LEVELS * SLOTS];
    private final int[] tails = new int[LEVELS * SLOTS];
    /** One bit a slot: whether it holds a timer. */
    private final long[] occupied = new long[LEVELS * WORDS];
    /** One bit a word of {@link #occupied}. */
    private final long[] summary = new long[LEVELS];

    private long cursorMs;
    private int size;

    TimerLevels(TimerCells cells, long cursorMs) {
        this.cells = cells;
        this.cursorMs = cursorMs;
        Arrays.fill(heads, NONE);
    }

    long cursorMs() {
        return cursorMs;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Adds a cell whose timer is due at or after the cursor. */
    void add(int cell, long dueMs) {
        append(slotOf(dueMs), cell);
        size++;
    }

    /** Takes a cell out of its slot. */
    void remove(int cell, long dueMs) {
        int slot = slotOf(dueMs);
        int previous = cells.previous(cell);
        int next = cells.next(cell);
        if (previous == NONE) {
            heads[slot] = next;
        } else {
            cells.linkNext(previous, next);
        }
        if (next == NONE) {
            tails[slot] = previous;
        } else {
            cells.linkPrevious(next, previous);
        }
        if (heads[slot] == NONE) {
            vacate(slot);
        }
        size--;
    }

    /** Moves the cursor to the first timer due at or before an instant; {@link TimerCells#NONE} when there is none. */
    int seek(long nowMs) {
        while (size > 0) {
            int slot = nextOccupied(0, digit(0, cursorMs));
            if (slot >= 0) {
                long dueMs = (cursorMs & ~MASK) | slot;
                if (dueMs > nowMs) {
                    return NONE;
                }
                cursorMs = dueMs;
                return heads[slot];
            }
            int level = lowestOccupiedAbove();
            long startMs = start(level);
            if (startMs > nowMs) {
                return NONE;
            }
            cursorMs = startMs;
            cascade(level, digit(level, startMs));
        }
        return NONE;
    }

    /** Moves the cursor on to an instant before which {@link #seek} found nothing. */
    void reach(long nowMs) {
        cursorMs = Math.max(cursorMs, nowMs);
    }

    /**
     * Moves the cursor back. The levels below the digit that changes are hung into the slot, one level up, that the
     * cursor leaves: lists are joined, timers are not touched.
     */
    void rewind(long toMs) {
        if (size > 0) {
            int level = level(toMs);
            int home = level * SLOTS + digit(level, cursorMs);
            for (int below = 0; below < level; below++) {
                for (int slot = nextOccupied(below, 0); slot >= 0; slot = nextOccupied(below, slot + 1)) {
                    join(home, below * SLOTS + slot);
                }
            }
        }
        cursorMs = toMs;
    }

    /** A lower bound of the earliest due instant, {@link Long#MAX_VALUE} when empty. */
    long nextDueMs() {
        if (size == 0) {
            return Long.MAX_VALUE;
        }
        int slot = nextOccupied(0, digit(0, cursorMs));
        return slot >= 0 ? (cursorMs & ~MASK) | slot : start(lowestOccupiedAbove());
    }

    /** Forgets every timer, without freeing its cell. */
    void clear(long newCursorMs) {
        Arrays.fill(heads, NONE);
        Arrays.fill(occupied, 0);
        Arrays.fill(summary, 0);
        size = 0;
        cursorMs = newCursorMs;
    }

    private void cascade(int level, int digit) {
        int slot = level * SLOTS + digit;
        int cell = heads[slot];
        heads[slot] = NONE;
        vacate(slot);
        while (cell != NONE) {
            int next = cells.next(cell);
            append(slotOf(cells.dueMs(cell)), cell);
            cell = next;
        }
    }

    private void append(int slot, int cell) {
        if (heads[slot] == NONE) {
            heads[slot] = cell;
            cells.link(cell, NONE, NONE);
            occupy(slot);
        } else {
            int tail = tails[slot];
            cells.linkNext(tail, cell);
            cells.link(cell, tail, NONE);
        }
        tails[slot] = cell;
    }

    private void join(int slot, int from) {
        if (heads[slot] == NONE) {
            heads[slot] = heads[from];
            occupy(slot);
        } else {
            cells.linkNext(tails[slot], heads[from]);
            cells.linkPrevious(heads[from], tails[slot]);
        }
        tails[slot] = tails[from];
        heads[from] = NONE;
        vacate(from);
    }

    private int slotOf(long dueMs) {
        int level = level(dueMs);
        return level * SLOTS + digit(level, dueMs);
    }

    private int level(long dueMs) {
        long difference = dueMs ^ cursorMs;
        return difference < SLOTS ? 0 : (63 - Long.numberOfLeadingZeros(difference)) / DIGIT_BITS;
    }

    private int lowestOccupiedAbove() {
        int level = 1;
        while (summary[level] == 0) {
            level++;
        }
        return level;
    }

    /** When the first occupied slot of an upper level begins. */
    private long start(int level) {
        int slot = nextOccupied(level, digit(level, cursorMs) + 1);
        int shift = level * DIGIT_BITS;
        return (((cursorMs >>> shift) & ~MASK) | slot) << shift;
    }

    private static int digit(int level, long instantMs) {
        return (int) (instantMs >>> (level * DIGIT_BITS)) & MASK;
    }

    private void occupy(int slot) {
        int word = slot >>> 6;
        occupied[word] |= 1L << slot;
        summary[word / WORDS] |= 1L << word;
    }

    private void vacate(int slot) {
        int word = slot >>> 6;
        occupied[word] &= ~(1L << slot);
        if (occupied[word] == 0) {
            summary[word / WORDS] &= ~(1L << word);
        }
    }

    /** The first occupied slot of a level from a digit on, or -1. */
    private int nextOccupied(int level, int fromDigit) {
        if (fromDigit >= SLOTS) {
            return -1;
        }
        int word = fromDigit >>> 6;
        long bits = occupied[level * WORDS + word] & (-1L << fromDigit);
        if (bits == 0) {
            long later = word == WORDS - 1 ? 0 : summary[level] & (-1L << (word + 1));
            if (later == 0) {
                return -1;
            }
            word = Long.numberOfTrailingZeros(later);
            bits = occupied[level * WORDS + word];
        }
        return (word << 6) | Long.numberOfTrailingZeros(bits);
    }
}
