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
 * <p>When the cursor comes to a slot of an upper level that has few entries, they are sorted into a {@link TimerRun}
 * and go out from there; only what is scheduled into that slot's time afterwards goes to the levels below. Of one
 * instant those of the run are older.
 *
 * <p>The entry of a timer that is cancelled soon after it came goes at once; others stay until their turn comes or
 * {@link #sweep} does.
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
    private final TimerSlots slots;
    /** The block that a slot gives ids of. */
    private final int[] blocks = new int[SLOTS];

    private final TimerRun run = new TimerRun();
    /** Whether slots are sorted: not where the cursor may go back. */
    private final boolean sorts;

    private long cursorMs;
    /** While there is a run: no slot that has entries begins before. */
    private long slotsStartMs;
    /** Whether {@link #seek} went to the run's first entry. */
    private boolean inRun;
    /** Entries in all slots and the run, those of cancelled timers too. */
    private int entries;
    /** Entries that were taken from the first chunk of the cursor's slot at level 0. */
    private int taken;
    /** Payload of the entry that was taken last. */
    private long payload;

    TimerLevels(TimerBlocks ids, TimerChunks chunks, long cursorMs, boolean sorts) {
        this.ids = ids;
        this.chunks = chunks;
        this.slots = new TimerSlots(ids, chunks, SLOTS);
        this.sorts = sorts;
        this.cursorMs = cursorMs;
        Arrays.fill(blocks, TimerBlocks.NONE);
    }

    long cursorMs() {
        return cursorMs;
    }

    /** Whether there is no entry. */
    boolean isEmpty() {
        return entries == 0;
    }

    /** Adds a timer that is due at or after the cursor; its handle. */
    long add(long dueMs, long its) {
        int level = level(dueMs);
        int slot = slot(level, dueMs);
        int block = blocks[slot];
        if (block == TimerBlocks.NONE) {
            block = ids.take(sorts ? slot : NONE);
            blocks[slot] = block;
        }
        int id = ids.give(block);
        if (ids.isFull(block)) {
            blocks[slot] = TimerBlocks.NONE;
        }
        slots.append(slot, TimerChunks.key(id, dueMs), its);
        entries++;
        slotsStartMs = Math.min(slotsStartMs, dueMs & (-1L << SHIFTS[level]));
        return ids.handle(id);
    }

    /** Moves the cursor to the first entry that is due at or before an instant; false when there is none. */
    boolean seek(long nowMs) {
        while (entries > 0) {
            long runMs = run.dueMs();
            if (runMs >= slotsStartMs || run.isEmpty()) {
                int slot = slots.next(millisecond(), BASES[1]);
                slotsStartMs = slot >= 0 ? (cursorMs & ~MASK) | slot : startAbove();
                if (slot < 0 && slotsStartMs <= runMs) {
                    if (slotsStartMs > nowMs) {
                        return false;
                    }
                    cascade(firstAbove(), slotsStartMs, nowMs);
                    continue;
                }
            }
            inRun = runMs <= slotsStartMs;
            long dueMs = Math.min(runMs, slotsStartMs);
            if (dueMs > nowMs) {
                return false;
            }
            if (dueMs != cursorMs) {
                cursorMs = dueMs;
                slots.leaveOut(millisecond());
            }
            return true;
        }
        return false;
    }

    /** Takes out the entry to which {@link #seek} went; its id, which the caller releases. */
    int take() {
        entries--;
        return inRun ? takeOfRun() : takeOfSlot();
    }

    private int takeOfRun() {
        int id = run.id();
        payload = run.payload();
        run.advance();
        return id;
    }

    private int takeOfSlot() {
        int slot = millisecond();
        int chunk = slots.head(slot);
        long[] words = chunks.words(chunk);
        int at = TimerChunks.at(chunk, taken++);
        payload = words[at + 1];
        if (taken == chunks.count(chunk)) {
            slots.unlink(slot, NONE, chunk);
            taken = 0;
        }
        return TimerChunks.id(words[at]);
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
            slots.leaveOutAll();
            int level = level(toMs);
            int home = slot(level, cursorMs);
            int end = BASES[level];
            for (int slot = slots.next(0, end); slot >= 0; slot = slots.next(slot + 1, end)) {
                slots.join(home, slot);
            }
        }
        cursorMs = toMs;
    }

    /** A lower bound of the earliest due instant, {@link Long#MAX_VALUE} when empty; exact at level 0. */
    long nextDueMs() {
        while (entries > 0) {
            long runMs = run.dueMs();
            if (!run.isEmpty() && !ids.waits(run.id())) {
                drop(takeOfRun());
                continue;
            }
            if (runMs < slotsStartMs && !run.isEmpty()) {
                return runMs;
            }
            int slot = slots.next(millisecond(), BASES[1]);
            if (slot < 0) {
                return Math.min(runMs, startAbove());
            }
            int chunk = slots.head(slot);
            boolean here = slot == millisecond();
            if (ids.waits(TimerChunks.id(chunks.words(chunk)[TimerChunks.at(chunk, here ? taken : 0)]))) {
                return Math.min(runMs, (cursorMs & ~MASK) | slot);
            }
            if (here) {
                drop(takeOfSlot());
            } else {
                slots.leaveOut(slot);
                int before = chunks.count(chunk);
                int kept = slots.compact(chunk);
                entries -= before - kept;
                if (kept == 0) {
                    slots.unlink(slot, NONE, chunk);
                }
            }
        }
        return Long.MAX_VALUE;
    }

    /** A timer was cancelled: takes its entry out at once if it was added lately, else leaves it where it is. */
    void cancelled(long handle) {
        int slot = ids.slot(handle);
        if (slot != NONE && slot != millisecond() && slots.takeBack(slot, TimerBlocks.id(handle))) {
            drop(TimerBlocks.id(handle));
        }
    }

    /** Drops the entries of cancelled timers from the next chunk of a pass; false when the pass is at its end. */
    boolean sweep() {
        int dropped = slots.sweep(millisecond());
        entries -= Math.max(dropped, 0);
        return dropped != TimerSlots.SWEPT;
    }

    /** Forgets every entry; the caller frees ids and chunks. */
    void clear(long newCursorMs) {
        Arrays.fill(blocks, TimerBlocks.NONE);
        slots.clear();
        run.clear();
        entries = 0;
        taken = 0;
        cursorMs = newCursorMs;
    }

    /**
     * Moves the cursor into an upper slot and sorts the slot's entries, or hands them to the levels below. Few entries
     * go down at once to where they will be taken: the cursor goes to the first of them.
     */
    private void cascade(int slot, long startMs, long nowMs) {
        int chunk = slots.detach(slot);
        if (sorts && run.fill(chunks, chunk, startMs, SHIFTS[levelOf(slot)])) {
            cursorMs = Math.min(nowMs, run.dueMs());
            slotsStartMs = startAbove();
            return;
        }
        long untilMs = Math.min(nowMs, run.dueMs());
        cursorMs = chunks.next(chunk) == NONE ? Math.min(untilMs, firstDueMs(chunk, startMs)) : startMs;
        boolean all = ids.cancelled() == 0;
        long highMs = startMs & (-1L << TimerChunks.DUE_BITS);
        while (chunk != NONE) {
            long[] words = chunks.words(chunk);
            int end = TimerChunks.at(chunk, chunks.count(chunk));
            for (int at = TimerChunks.at(chunk, 0); at < end; at += 2) {
                long key = words[at];
                if (all || ids.waits(TimerChunks.id(key))) {
                    slots.append(slotOf(highMs | TimerChunks.dueLow(key)), key, words[at + 1]);
                } else {
                    drop(TimerChunks.id(key));
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

    private void drop(int id) {
        ids.release(id);
        entries--;
    }

    /** Moves what is left of a chunk that was taken in part to the chunk's beginning. */
    private void forgetTaken() {
        if (taken > 0) {
            int chunk = slots.head(millisecond());
            long[] words = chunks.words(chunk);
            int left = chunks.count(chunk) - taken;
            System.arraycopy(words, TimerChunks.at(chunk, taken), words, TimerChunks.at(chunk, 0), 2 * left);
            chunks.count(chunk, left);
            taken = 0;
        }
    }

    private int slotOf(long dueMs) {
        return slot(level(dueMs), dueMs);
    }

    private int level(long dueMs) {
        return LEVEL_BY_BIT[63 - Long.numberOfLeadingZeros((dueMs ^ cursorMs) | 1)];
    }

    /** The level of a slot above level 0. */
    private static int levelOf(int slot) {
        int level = 1;
        while (slot >= BASES[level + 1]) {
            level++;
        }
        return level;
    }

    /** The cursor's slot at level 0. */
    private int millisecond() {
        return (int) cursorMs & MASK;
    }

    private static int slot(int level, long instantMs) {
        int slots = BASES[level + 1] - BASES[level];
        return BASES[level] + ((int) (instantMs >>> SHIFTS[level]) & (slots - 1));
    }

    /** The first occupied slot above level 0 in order of time, or -1. */
    private int firstAbove() {
        int slot = -1;
        for (int level = 1; slot < 0 && level < LEVELS; level++) {
            slot = slots.next(slot(level, cursorMs), BASES[level + 1]);
        }
        return slot;
    }

    /** When that slot begins, {@link Long#MAX_VALUE} when there is none. */
    private long startAbove() {
        int slot = firstAbove();
        return slot < 0 ? Long.MAX_VALUE : start(slot);
    }

    /** When a slot above level 0 that lies ahead of the cursor begins. */
    private long start(int slot) {
        int level = levelOf(slot);
        long highMs = cursorMs & (-1L << SHIFTS[level + 1]);
        return highMs | ((long) (slot - BASES[level]) << SHIFTS[level]);
    }
}
