package dev.kalends.timer;

import static dev.kalends.timer.TimerChunks.NONE;

import java.util.Arrays;

/**
 * The hierarchy of slots over a cursor: 5 levels, for the 48 bits of an instant.
 *
 * <p>Every timer here is due at or after the cursor. It lies at the level of the highest digit in which its due instant
 * differs from the cursor, in the slot of that digit. So the place follows from cursor and due instant alone, and two
 * timers of one instant are always in one slot, in insertion order. At level 0 a slot is one millisecond. At the upper
 * levels the slot that the cursor is in is empty: it was cascaded when the cursor came to its start.
 *
 * <p>A digit has 8 bits where most timers pass, so that the ends of all slots of a level, to which a cascade writes,
 * fit into the nearest cache; the two upper levels have 12 bits, as an entry has room for 36 bits of its instant only.
 *
 * <p>Entries of cancelled timers stay until their slot's turn comes or {@link #sweep} does.
 */
final class TimerLevels {
    private static final int[] SHIFTS = {0, 8, 16, 24, 36, 48};
    private static final int LEVELS = SHIFTS.length - 1;
    /** Where the slots of a level begin among all slots. */
    private static final int[] BASES = new int[LEVELS + 1];
    /** The level of a bit of an instant. */
    private static final byte[] LEVEL_BY_BIT = new byte[SHIFTS[LEVELS]];

    static {
        for (int level = 0; level < LEVELS; level++) {
            BASES[level + 1] = BASES[level] + (1 << (SHIFTS[level + 1] - SHIFTS[level]));
            Arrays.fill(LEVEL_BY_BIT, SHIFTS[level], SHIFTS[level + 1], (byte) level);
        }
    }

    private static final int SLOTS = BASES[LEVELS];
    private static final int MASK = (1 << SHIFTS[1]) - 1;

    private final TimerBlocks ids;
    private final TimerChunks chunks;
    private final int[] heads = new int[SLOTS];
    private final int[] tails = new int[SLOTS];
    /** The block that a slot gives ids of. */
    private final int[] blocks = new int[SLOTS];

    private final SlotBits occupied = new SlotBits(SLOTS);

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

    TimerLevels(TimerBlocks ids, TimerChunks chunks, long cursorMs) {
        this.ids = ids;
        this.chunks = chunks;
        this.cursorMs = cursorMs;
        Arrays.fill(heads, NONE);
        Arrays.fill(blocks, TimerBlocks.NONE);
    }

    long cursorMs() {
        return cursorMs;
    }

    /** Whether no slot has an entry. */
    boolean isEmpty() {
        return entries == 0;
    }

    /** Adds a timer that is due at or after the cursor; its handle. */
    long add(long dueMs, long its) {
        int slot = slotOf(dueMs);
        int block = blocks[slot];
        if (block == TimerBlocks.NONE) {
            block = ids.take();
            blocks[slot] = block;
        }
        int id = ids.give(block);
        if (ids.isFull(block)) {
            blocks[slot] = TimerBlocks.NONE;
        }
        append(slot, TimerChunks.key(id, dueMs), its);
        entries++;
        return ids.handle(id);
    }

    /** Moves the cursor to the first entry that is due at or before an instant; false when there is none. */
    boolean seek(long nowMs) {
        while (entries > 0) {
            int slot = occupied.next(millisecond(), BASES[1]);
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
            slot = firstAbove();
            long startMs = start(slot);
            if (startMs > nowMs) {
                return false;
            }
            cascade(slot, startMs, nowMs);
        }
        return false;
    }

    /** Takes out the entry to which {@link #seek} went; its id, which the caller releases. */
    int take() {
        int slot = millisecond();
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
            int home = slot(level, cursorMs);
            int end = BASES[level];
            for (int slot = occupied.next(0, end); slot >= 0; slot = occupied.next(slot + 1, end)) {
                join(home, slot);
            }
        }
        cursorMs = toMs;
    }

    /** A lower bound of the earliest due instant, {@link Long#MAX_VALUE} when empty; exact at level 0. */
    long nextDueMs() {
        while (entries > 0) {
            int slot = occupied.next(millisecond(), BASES[1]);
            if (slot < 0) {
                return start(firstAbove());
            }
            int chunk = heads[slot];
            boolean here = slot == millisecond();
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
        Arrays.fill(blocks, TimerBlocks.NONE);
        occupied.clear();
        entries = 0;
        taken = 0;
        sweepSlot = -1;
        sweepNext = NONE;
        cursorMs = newCursorMs;
    }

    /**
     * Moves the cursor into an upper slot and hands the slot's entries to the levels below. Few entries go down at once
     * to where they will be taken: the cursor goes to the first of them.
     */
    private void cascade(int slot, long startMs, long nowMs) {
        leaveOut(slot);
        int chunk = heads[slot];
        cursorMs = chunks.next(chunk) == NONE ? Math.min(nowMs, firstDueMs(chunk, startMs)) : startMs;
        heads[slot] = NONE;
        occupied.vacate(slot);
        boolean all = ids.cancelled() == 0;
        long highMs = startMs & (-1L << TimerChunks.DUE_BITS);
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

    private long firstDueMs(int chunk, long startMs) {
        long[] words = chunks.words(chunk);
        int end = TimerChunks.at(chunk, chunks.count(chunk));
        long first = TimerChunks.dueLow(-1);
        for (int at = TimerChunks.at(chunk, 0); at < end; at += 2) {
            first = Math.min(first, TimerChunks.dueLow(words[at]));
        }
        return (startMs & (-1L << TimerChunks.DUE_BITS)) | first;
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
            int chunk = heads[millisecond()];
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
        sweepSlot = occupied.next(sweepSlot + 1, SLOTS);
        if (sweepSlot == millisecond()) {
            sweepSlot = occupied.next(sweepSlot + 1, SLOTS);
        }
        sweepPrevious = NONE;
        sweepNext = sweepSlot < 0 ? NONE : heads[sweepSlot];
        return sweepSlot >= 0;
    }

    private int slotOf(long dueMs) {
        return slot(level(dueMs), dueMs);
    }

    private int level(long dueMs) {
        return LEVEL_BY_BIT[63 - Long.numberOfLeadingZeros((dueMs ^ cursorMs) | 1)];
    }

    /** The cursor's slot at level 0. */
    private int millisecond() {
        return (int) cursorMs & MASK;
    }

    private static int slot(int level, long instantMs) {
        int slots = BASES[level + 1] - BASES[level];
        return BASES[level] + ((int) (instantMs >>> SHIFTS[level]) & (slots - 1));
    }

    /** The first occupied slot above level 0 in order of time; there must be one. */
    private int firstAbove() {
        int slot = -1;
        for (int level = 1; slot < 0; level++) {
            slot = occupied.next(slot(level, cursorMs), BASES[level + 1]);
        }
        return slot;
    }

    /** When a slot above level 0 that lies ahead of the cursor begins. */
    private long start(int slot) {
        int level = 1;
        while (slot >= BASES[level + 1]) {
            level++;
        }
        long highMs = cursorMs & (-1L << SHIFTS[level + 1]);
        return highMs | ((long) (slot - BASES[level]) << SHIFTS[level]);
    }
}
