package dev.kalends.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The last {@value #CAPACITY} events of a node, in commit order, for any number of readers. On a busy node
 * they are some seconds. When that many came there since anybody asked, every cursor that was given out is too old
 * already, and only the last {@value #UNREAD} are kept: an event holds on to a whole run, and what the collector has to
 * move is what makes its pauses long.
 *
 * <p>A cursor is the number of the next event. Numbers start at the store's position times 2^20 when a node starts, so
 * a cursor from before a restart is recognised as older than everything kept, and the reader is told of the gap.
 */
public final class EventRing {
    /** Events kept. */
    public static final int CAPACITY = 65_536;
    /** Events that a busy node keeps while nobody reads. */
    static final int UNREAD = 2_048;
    /** A node is busy when so many come within {@link #BUSY_MS}. */
    static final int BUSY_EVENTS = 16_384;

    static final int BUSY_MS = 15_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition added = lock.newCondition();
    private final @Nullable Event[] ring = new Event[CAPACITY];
    /** The oldest that is kept. */
    private long oldest;

    private long next;
    /** The next one, when anybody last asked. */
    private long askedAt;

    private boolean busy;
    /** Where and when it was last looked how many come. */
    private long countedAt;

    private long countedAtMs;

    public EventRing(long firstCursor) {
        this.oldest = firstCursor;
        this.next = firstCursor;
        this.askedAt = firstCursor;
        this.countedAt = firstCursor;
    }

    /** Adds events in one go and wakes readers. */
    public void add(List<Event> events) {
        if (events.isEmpty()) {
            return;
        }
        lock.lock();
        try {
            for (Event event : events) {
                ring[(int) (next % CAPACITY)] = event;
                next++;
            }
            count(events.getLast().atMs());
            forget();
            added.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void count(long nowMs) {
        boolean many = next - countedAt >= BUSY_EVENTS;
        boolean over = Math.abs(nowMs - countedAtMs) > BUSY_MS;
        if (many || over) {
            busy = many;
            countedAt = next;
            countedAtMs = nowMs;
        }
    }

    private void forget() {
        long before = oldest;
        oldest = Math.max(before, next - (busy && next - askedAt > CAPACITY ? UNREAD : CAPACITY));
        for (long i = Math.max(before, next - CAPACITY); i < oldest; i++) {
            ring[(int) (i % CAPACITY)] = null;
        }
    }

    /** The type of the notice that events may be missing at this place. */
    public static final String GAP = "stream.gap";

    /** The cursor of the next event to come. */
    public long end() {
        lock.lock();
        try {
            askedAt = next;
            return next;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Reads from a cursor on.
     *
     * @param max events at most
     * @param waitMs longest wait while there is none, 0 = do not wait
     */
    public Slice read(long cursor, int max, long waitMs) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(waitMs);
            while (cursor >= next && left > 0) {
                left = added.awaitNanos(left);
            }
            askedAt = next;
            long from = Math.clamp(cursor, oldest, next);
            long to = Math.min(next, from + max);
            List<Event> events = new ArrayList<>((int) (to - from));
            for (long i = from; i < to; i++) {
                Optional.ofNullable(ring[(int) (i % CAPACITY)]).ifPresent(events::add);
            }
            return new Slice(from, to, cursor != from, events);
        } finally {
            lock.unlock();
        }
    }

    /**
     * A stretch of events.
     *
     * @param from cursor of the first one
     * @param next cursor to go on from
     * @param gap whether the asked-for cursor was not kept, so that events may be missing before {@code from}
     */
    public record Slice(long from, long next, boolean gap, List<Event> events) {}
}
