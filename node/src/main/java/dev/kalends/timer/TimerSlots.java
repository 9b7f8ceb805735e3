package dev.kalends.timer;

import static dev.kalends.timer.TimerChunks.NONE;

import java.util.Arrays;

/** The slots of a hierarchy: each a list of chunks, in the order in which entries were added. */
final class TimerSlots {
    /** What {@link #sweep} answers at the end of a pass. */
    static final int SWEPT = -1;

    /** How many entries are looked at for one that is taken back: as many as lie in one line of the cache. */
    private static final int FEW = 4;

    private final TimerBlocks ids;
    private final TimerChunks chunks;
    private final int[] heads;
    private final int[] tails;
    private final SlotBits occupied;

    private int sweepSlot = -1;
    private int sweepPrevious = NONE;
    private int sweepNext = NONE;

    TimerSlots(TimerBlocks ids, TimerChunks chunks, int slots) {
        this.ids = ids;
        this.chunks = chunks;
        this.heads = new int[slots];
        this.tails = new int[slots];
        this.occupied = new SlotBits(slots);
        Arrays.fill(heads, NONE);
    }

    /** The first slot with entries from one slot on and before another, or -1. */
    int next(int from, int end) {
        return occupied.next(from, end);
    }

    /** The first chunk of a slot. */
    int head(int slot) {
        return heads[slot];
    }

    /** Empties a slot; its first chunk, which is the caller's from now on with those that follow. */
    int detach(int slot) {
        leaveOut(slot);
        int chunk = heads[slot];
        heads[slot] = NONE;
        occupied.vacate(slot);
        return chunk;
    }

    void append(int slot, long key, long its) {
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

    /** Takes out an entry that was added to a slot lately: one of the last few, that is; whether it was there. */
    boolean takeBack(int slot, int id) {
        if (heads[slot] == NONE) {
            return false;
        }
        int chunk = tails[slot];
        long[] words = chunks.words(chunk);
        int count = chunks.count(chunk);
        int first = TimerChunks.at(chunk, Math.max(0, count - FEW));
        int last = TimerChunks.at(chunk, count - 1);
        for (int at = last; at >= first; at -= 2) {
            if (TimerChunks.id(words[at]) == id) {
                return takeBack(slot, chunk, at, last);
            }
        }
        return false;
    }

    private boolean takeBack(int slot, int chunk, int at, int last) {
        int count = chunks.count(chunk);
        if (count > 1) {
            long[] words = chunks.words(chunk);
            System.arraycopy(words, at + 2, words, at, last - at);
            chunks.count(chunk, count - 1);
            return true;
        }
        if (heads[slot] != chunk) {
            return false; // it stays: the chunk before is not at hand, and no list ends with an empty one
        }
        leaveOut(slot);
        unlink(slot, NONE, chunk);
        return true;
    }

    /** Hangs the entries of a slot to the end of another. */
    void join(int slot, int from) {
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
    void unlink(int slot, int previous, int chunk) {
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
    int compact(int chunk) {
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
                ids.release(TimerChunks.id(key));
            }
        }
        chunks.count(chunk, kept);
        return kept;
    }

    /**
     * Drops the entries of cancelled timers from the next chunk of a pass; how many, or {@link #SWEPT}.
     *
     * @param except the slot from which entries are being taken
     */
    int sweep(int except) {
        if (sweepNext == NONE && !sweepNextSlot(except)) {
            return SWEPT;
        }
        int chunk = sweepNext;
        sweepNext = chunks.next(chunk);
        int before = chunks.count(chunk);
        int kept = compact(chunk);
        if (kept == 0) {
            unlink(sweepSlot, sweepPrevious, chunk);
        } else if (sweepPrevious != NONE && chunks.count(sweepPrevious) + kept <= TimerChunks.ENTRIES) {
            copy(chunk, sweepPrevious);
            unlink(sweepSlot, sweepPrevious, chunk);
        } else {
            sweepPrevious = chunk;
        }
        return before - kept;
    }

    /** Ends the sweep of a slot whose chunks are about to move. */
    void leaveOut(int slot) {
        if (sweepSlot == slot) {
            sweepNext = NONE;
        }
    }

    /** Ends the sweep of whatever slot it is in. */
    void leaveOutAll() {
        sweepNext = NONE;
    }

    /** Forgets every entry; the caller frees ids and chunks. */
    void clear() {
        Arrays.fill(heads, NONE);
        occupied.clear();
        sweepSlot = -1;
        sweepNext = NONE;
    }

    /** Goes to the next slot that has entries. */
    private boolean sweepNextSlot(int except) {
        sweepSlot = occupied.next(sweepSlot + 1, heads.length);
        if (sweepSlot == except) {
            sweepSlot = occupied.next(sweepSlot + 1, heads.length);
        }
        sweepPrevious = NONE;
        sweepNext = sweepSlot < 0 ? NONE : heads[sweepSlot];
        return sweepSlot >= 0;
    }

    private void copy(int from, int to) {
        long[] words = chunks.words(from);
        int end = TimerChunks.at(from, chunks.count(from));
        for (int at = TimerChunks.at(from, 0); at < end; at += 2) {
            chunks.append(to, words[at], words[at + 1]);
        }
    }
}
