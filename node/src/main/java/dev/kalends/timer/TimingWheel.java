package dev.kalends.timer;

/**
 * A hierarchical timing wheel: it keeps what is due when, and hands it out in order, at O(1) a timer.
 *
 * <p>After G. Varghese and T. Lauck, "Hashed and Hierarchical Timing Wheels: Data Structures for the Efficient
 * Implementation of a Timer Facility", SOSP 1987 (scheme 7). It differs from the paper in three ways. There is no tick
 * to be called for each millisecond: occupancy bit sets lead from one timer to the next, so a jump of a day costs what
 * lies in between, not its length. A timer's level is the highest digit in which its instant differs from the wheel's,
 * not its distance, so that timers of one instant always share a list and leave in insertion order. And a timer that is
 * late when it is scheduled goes into a second, small hierarchy whose cursor can be moved back, so that even late
 * timers leave in order and do not disturb those ahead.
 *
 * <p>A timer costs 17 bytes, its payload included, and each slot that is not empty 2 KiB. What a timer costs in time
 * is what it touches in memory: an entry is written at the end of its slot, and moved and read in the order in which
 * it lies there, 128 to a chunk. A level covers 256 ms, 65 s, 4.6 h, 2.2 years, 8,900 years; a timer is moved once for
 * each level between, but no further than to where it lies with at most 4,096 others: these are sorted by counting
 * digits, in the nearest cache, and go out from there. A cancel clears one bit. If the timer came to its slot among
 * the last, its entry goes at once; else when its slot's turn comes. Once half as many such entries lie about as
 * timers wait, each cancel also looks through one chunk, so they are never more than about that.
 *
 * <p>No thread, no clock: the caller owns both, and every call comes from one thread. Instants are UTC milliseconds
 * from 0 to {@link #DUE_MAX_MS}; the tick is one millisecond. A timer never goes out early. When the clock given to
 * {@link #poll} goes back, nothing goes out until it has caught up, except what was scheduled for before it.
 */
public final class TimingWheel {
    /** Latest due instant, in the year 10889. */
    public static final long DUE_MAX_MS = (1L << 48) - 1;

    /** Cancelled timers whose entries may lie about, beside half as many as there are timers that wait. */
    private static final int CANCELLED_MIN = 1_024;

    private final TimerBlocks ids = new TimerBlocks();
    private final TimerChunks chunks = new TimerChunks();
    private final TimerLevels ahead;
    private final TimerLevels late;
    private boolean sweepsLate;

    /** Receives due timers. It may schedule and cancel timers of the same wheel. */
    @FunctionalInterface
    public interface Sink {
        /** A timer is due. */
        void due(long dueMs, long payload);
    }

    /** An empty wheel at an instant. */
    public TimingWheel(long startMs) {
        ahead = new TimerLevels(ids, chunks, clamp(startMs), true);
        late = new TimerLevels(ids, chunks, 0, false);
    }

    /**
     * Adds a timer; throws {@link IllegalArgumentException} when the instant is outside 0 to {@link #DUE_MAX_MS}.
     *
     * @param dueMs when it is due; in the past: at the next poll
     * @param payload what {@link Sink#due} gets back
     * @return a handle for {@link #cancel}, not negative, never given twice
     */
    public long schedule(long dueMs, long payload) {
        if (dueMs < 0 || dueMs > DUE_MAX_MS) {
            throw new IllegalArgumentException("a due instant is 0 to " + DUE_MAX_MS + "; dueMs=" + dueMs);
        }
        if (dueMs >= ahead.cursorMs()) {
            return ahead.add(dueMs, payload);
        }
        if (late.isEmpty() || dueMs < late.cursorMs()) {
            late.rewind(dueMs);
        }
        return late.add(dueMs, payload);
    }

    /** Takes a timer back; false when it went out, was cancelled or cleared before, or never was. */
    public boolean cancel(long handle) {
        boolean waited = handle >= 0 && ids.cancel(handle);
        if (waited) {
            ahead.cancelled(handle);
        }
        if (ids.cancelled() > CANCELLED_MIN + ids.waiting() / 2) {
            sweep();
        }
        return waited;
    }

    /**
     * Hands out timers that are due at or before an instant, by due instant, those of one instant by insertion.
     *
     * @param limit timers at most
     * @return how many went out; less than the limit: nothing more is due
     */
    public int poll(long nowMs, int limit, Sink sink) {
        long untilMs = Math.min(nowMs, DUE_MAX_MS);
        int count = 0;
        while (count < limit) {
            TimerLevels from = late.seek(untilMs) ? late : ahead;
            if (from == ahead && !ahead.seek(untilMs)) {
                ahead.reach(untilMs);
                return count;
            }
            long dueMs = from.cursorMs();
            if (ids.release(from.take())) {
                count++;
                sink.due(dueMs, from.payload());
            }
        }
        return count;
    }

    /** Timers that wait. */
    public int size() {
        return ids.waiting();
    }

    /**
     * A lower bound of the earliest due instant, {@link Long#MAX_VALUE} when empty: whoever sleeps until then and polls
     * misses nothing. It is exact for what is due in the wheel's present 256 ms; a poll at the bound improves it.
     */
    public long nextDueMs() {
        return size() == 0 ? Long.MAX_VALUE : Math.min(late.nextDueMs(), ahead.nextDueMs());
    }

    /** Drops every timer and goes to an instant, which may be earlier. All handles become stale. */
    public void clear(long nowMs) {
        late.clear(0);
        ahead.clear(clamp(nowMs));
        ids.freeAll();
        chunks.freeAll();
    }

    /** Cancelled timers whose entries still lie in a slot. */
    int cancelled() {
        return ids.cancelled();
    }

    private void sweep() {
        if (!(sweepsLate ? late : ahead).sweep()) {
            sweepsLate = !sweepsLate;
        }
    }

    private static long clamp(long instantMs) {
        return Math.clamp(instantMs, 0, DUE_MAX_MS);
    }
}
