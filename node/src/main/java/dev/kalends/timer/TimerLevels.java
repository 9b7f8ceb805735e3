package dev.kalends.timer;

import static dev.kalends.timer.TimerChunks.NONE;

import java.util.Arrays;

/**
 * The hierarchy of slots over a cursor: 4 levels of 4,096 slots, for the 48 bits of an instant.
 *
 * <p>Every timer here is due at or after the cursor. It lies at the level of the highest 12-bit digit in which its due
 * instant differs from the cursor, in the slot of that digit. So the place follows from cursor and due instant alone,
 * and two timers of one instant are always in one slot, in insertion order. At level 0 a slot is one millisecond. At
 * the upper levels the slot that the cursor is in is empty: it was cascaded when the cursor came to its start.
 *
 * <p>Entries of cancelled timers stay until their slot's turn comes or {@link #sweep} does.
 */
final class TimerLevels {
    private static final int DIGIT_BITS = 12;
    private static final int SLOTS = 1 << DIGIT_BITS;
    private static final int MASK = SLOTS - 1;
    private static final int LEVELS = 4;

    private final TimerIds ids;
    private final TimerChunks chunks;
    private final int[] heads = new int[LEVELS * SLOTS];
    private final int[] tails = new int[LEVELS * SLOTS];
    private final SlotBits occupied = new SlotBits(LEVELS, DIGIT_BITS);

    private long cursorMs;
    /** Entries in all slots, those of cancelled timers too. */
    private int entries;
    /** Entries that were taken from the first chunk of the cursor's slot at level 0. */
    private int taken;
    /** Payload of the entry that was taken last. */
    private long payload;

    private int sweepSlot = -1;
    private int sweepPrevious = NONE;
    private int sweepNext = NONE;

    TimerLevels(TimerIds ids, TimerChunks chunks, long cursorMs) {
        this.ids = ids;
        this.chunks = chunks;
        this.cursorMs = cursorMs;
        Arrays.fill(heads, NONE);
    }

    long cursorMs() {
        return cursorMs;
    }

    /** Whether no slot has an entry. */
    boolean isEmpty() {
        return entries == 0;
    }

    /** Adds the entry of a timer that is due at or after the cursor. */
    void add(int id, long dueMs, long its) {
        append(slotOf(dueMs), TimerChunks.key(id, dueMs), its);
        entries++;
    }

    /** Moves the cursor to the first entry that is due at or before an instant; false when there is none. */
    boolean seek(long nowMs) {
        while (entries > 0) {
            int slot = occupied.next(0, digit(0, cursorMs));
            if (slot >= 0) {
                long dueMs = (cursorMs & ~MASK) | slot;
                if (dueMs > nowMs) {
                    return false;
                }
                if (dueMs != cursorMs) {
                    cursorMs = dueMs;
                    leaveOut(slot);
                }
                return true;
            }
            int level = occupied.lowestLevelAbove();
            long startMs = start(level);
            if (startMs > nowMs) {
                return false;
            }
            cursorMs = startMs;
            cascade(level * SLOTS + digit(level, startMs));
        }
        return false;
    }

    /** Takes out the entry to which {@link #seek} went; its id, which the caller releases. */
    int take() {
        int slot = digit(0, cursorMs);
        int chunk = heads[slot];
        long[] words = chunks.words(chunk);
        int at = TimerChunks.at(chunk, taken++);
        int id = TimerChunks.id(words[at]);
        payload = words[at + 1];
        if (taken == chunks.count(chunk)) {
            unlink(slot, NONE, chunk);
            taken = 0;
        }
        entries--;
        return id;
    }

    /** Payload of the entry that {@link #take} took last. */
    long payload() {
        return payload;
    }

    /** Moves the cursor on to an instant before which {@link #seek} found nothing. */
    void reach(long nowMs) {
        cursorMs = Math.max(cursorMs, nowMs);
    }

    /**
     * Moves the cursor back. The levels below the digit that changes are hung into the slot, one level up, that the
     * cursor leaves: lists are joined, entries are not touched.
     */
    void rewind(long toMs) {
        if (entries > 0) {
            forgetTaken();
            sweepNext = NONE;
            int level = level(toMs);
            int home = level * SLOTS + digit(level, cursorMs);
            for (int below = 0; below < level; below++) {
                for (int slot = occupied.next(below, 0); slot >= 0; slot = occupied.next(below, slot + 1)) {
                    join(home, below * SLOTS + slot);
                }
            }
        }
        cursorMs = toMs;
    }

    /** A lower bound of the earliest due instant, {@link Long#MAX_VALUE} when empty; exact at level 0. */
    long nextDueMs() {
        while (entries > 0) {
            int slot = occupied.next(0, digit(0, cursorMs));
            if (slot < 0) {
                return start(occupied.lowestLevelAbove());
            }
            int chunk = heads[slot];
            boolean here = slot == digit(0, cursorMs);
            if (ids.waits(TimerChunks.id(chunks.words(chunk)[TimerChunks.at(chunk, here ? taken : 0)]))) {
                return (cursorMs & ~MASK) | slot;
            }
            if (here) {
                ids.release(take());
            } else {
                leaveOut(slot);
                if (compact(chunk) == 0) {
                    unlink(slot, NONE, chunk);
                }
            }
        }
        return Long.MAX_VALUE;
    }

    /** Drops the entries of cancelled timers from the next chunk of a pass; false when the pass is at its end. */
    boolean sweep() {
        if (sweepNext == NONE && !sweepNextSlot()) {
            return false;
        }
        int chunk = sweepNext;
        sweepNext = chunks.next(chunk);
        int kept = compact(chunk);
        if (kept == 0) {
            unlink(sweepSlot, sweepPrevious, chunk);
        } else if (sweepPrevious != NONE && chunks.count(sweepPrevious) + kept <= TimerChunks.ENTRIES) {
            copy(chunk, sweepPrevious);
            unlink(sweepSlot, sweepPrevious, chunk);
        } else {
            sweepPrevious = chunk;
        }
        return true;
    }

    /** Forgets every entry; the caller frees ids and chunks. */
    void clear(long newCursorMs) {
        Arrays.fill(heads, NONE);
        occupied.clear();
        entries = 0;
        taken = 0;
        sweepSlot = -1;
        sweepNext = NONE;
        cursorMs = newCursorMs;
    }

    /** Hands the entries of an upper slot, whose start the cursor is at, to the levels below. */
    private void cascade(int slot) {
        leaveOut(slot);
        int chunk = heads[slot];
        heads[slot] = NONE;
        occupied.vacate(slot);
        boolean all = ids.cancelled() == 0;
        long highMs = cursorMs & (-1L << TimerChunks.DUE_BITS);
        while (chunk != NONE) {
            long[] words = chunks.words(chunk);
            int end = TimerChunks.at(chunk, chunks.count(chunk));
            for (int at = TimerChunks.at(chunk, 0); at < end; at += 2) {
                long key = words[at];
                if (all || ids.waits(TimerChunks.id(key))) {
                    append(slotOf(highMs | TimerChunks.dueLow(key)), key, words[at + 1]);
                } else {
                    drop(key);
                }
            }
            int next = chunks.next(chunk);
            chunks.free(chunk);
            chunk = next;
        }
    }

    private void append(int slot, long key, long its) {
        int chunk = tails[slot];
        if (heads[slot] == NONE) {
            chunk = chunks.take();
            heads[slot] = chunk;
            tails[slot] = chunk;
            occupied.occupy(slot);
        } else if (chunks.count(chunk) == TimerChunks.ENTRIES) {
            int more = chunks.take();
            chunks.link(chunk, more);
            tails[slot] = more;
            chunk = more;
        }
        chunks.append(chunk, key, its);
    }

    private void join(int slot, int from) {
        if (heads[slot] == NONE) {
            heads[slot] = heads[from];
            occupied.occupy(slot);
        } else {
            chunks.link(tails[slot], heads[from]);
        }
        tails[slot] = tails[from];
        heads[from] = NONE;
        occupied.vacate(from);
    }

    /** Takes a chunk out of a slot and frees it. */
    private void unlink(int slot, int previous, int chunk) {
        int next = chunks.next(chunk);
        if (previous != NONE) {
            chunks.link(previous, next);
        } else {
            heads[slot] = next;
        }
        if (next == NONE) {
            tails[slot] = previous;
            if (previous == NONE) {
                occupied.vacate(slot);
            }
        }
        chunks.free(chunk);
    }

    /** Drops the entries of cancelled timers from a chunk; how many are left. */
    private int compact(int chunk) {
        long[] words = chunks.words(chunk);
        int end = TimerChunks.at(chunk, chunks.count(chunk));
        int kept = 0;
        for (int at = TimerChunks.at(chunk, 0); at < end; at += 2) {
            long key = words[at];
            if (ids.waits(TimerChunks.id(key))) {
                int to = TimerChunks.at(chunk, kept++);
                words[to] = key;
                words[to + 1] = words[at + 1];
            } else {
                drop(key);
            }
        }
        chunks.count(chunk, kept);
        return kept;
    }

    private void copy(int from, int to) {
        long[] words = chunks.words(from);
        int end = TimerChunks.at(from, chunks.count(from));
        for (int at = TimerChunks.at(from, 0); at < end; at += 2) {
            chunks.append(to, words[at], words[at + 1]);
        }
    }

    private void drop(long key) {
        ids.release(TimerChunks.id(key));
        entries--;
    }

    /** Moves what is left of a chunk that was taken in part to the chunk's beginning. */
    private void forgetTaken() {
        if (taken > 0) {
            int chunk = heads[digit(0, cursorMs)];
            long[] words = chunks.words(chunk);
            int left = chunks.count(chunk) - taken;
            System.arraycopy(words, TimerChunks.at(chunk, taken), words, TimerChunks.at(chunk, 0), 2 * left);
            chunks.count(chunk, left);
            taken = 0;
        }
    }

    /** Ends the sweep of a slot whose chunks are about to move. */
    private void leaveOut(int slot) {
        if (sweepSlot == slot) {
            sweepNext = NONE;
        }
    }

    /** Goes to the next slot that has entries, past the one from which entries are being taken. */
    private boolean sweepNextSlot() {
        sweepSlot = occupied.next(sweepSlot + 1);
        if (sweepSlot == digit(0, cursorMs)) {
            sweepSlot = occupied.next(sweepSlot + 1);
        }
        sweepPrevious = NONE;
        sweepNext = sweepSlot < 0 ? NONE : heads[sweepSlot];
        return sweepSlot >= 0;
    }

    private int slotOf(long dueMs) {
        int level = level(dueMs);
        return level * SLOTS + digit(level, dueMs);
    }

    private int level(long dueMs) {
        long difference = dueMs ^ cursorMs;
        return difference < SLOTS ? 0 : (63 - Long.numberOfLeadingZeros(difference)) / DIGIT_BITS;
    }

    /** When the first occupied slot of an upper level begins. */
    private long start(int level) {
        int slot = occupied.next(level, digit(level, cursorMs) + 1);
        int shift = level * DIGIT_BITS;
        return (((cursorMs >>> shift) & ~MASK) | slot) << shift;
    }

    private static int digit(int level, long instantMs) {
        return (int) (instantMs >>> (level * DIGIT_BITS)) & MASK;
    }
}
