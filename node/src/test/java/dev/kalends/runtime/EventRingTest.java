package dev.kalends.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is kept for whom: everything that a cursor given out can still ask for whole, and little else. */
final class EventRingTest {
    private static final long FIRST = 7L << 20;
    private static final int PORTION = 1_024;

    private final EventRing ring = new EventRing(FIRST);
    private long added;
    private long atMs = 1_700_000_000_000L;
    /** How far apart events are. */
    private long gapMs;

    @Test
    void whatWasAskedForIsKeptAsLongAsThereIsRoom() throws InterruptedException {
        add(100);
        long cursor = ring.end();
        add(EventRing.CAPACITY);
        EventRing.Slice all = ring.read(cursor, EventRing.CAPACITY, 0);
        assertFalse(all.gap());
        assertHas(100, 100 + EventRing.CAPACITY, all);
    }

    @Test
    void whenNobodyAskedForAWholeRingOnlyTheLastAreKept() throws InterruptedException {
        long cursor = ring.end();
        add(EventRing.CAPACITY + 1);
        EventRing.Slice late = ring.read(cursor, EventRing.CAPACITY, 0);
        assertTrue(late.gap());
        assertHas(EventRing.CAPACITY + 1 - EventRing.UNREAD, EventRing.CAPACITY + 1, late);
        add(EventRing.UNREAD);
        assertHas(
                EventRing.CAPACITY + 1 - EventRing.UNREAD,
                EventRing.CAPACITY + 1 + EventRing.UNREAD,
                ring.read(late.from(), EventRing.CAPACITY, 0));
    }

    @Test
    void aNodeThatIsNotBusyKeepsWhatItHasRoomFor() throws InterruptedException {
        gapMs = 1 + EventRing.BUSY_MS / EventRing.BUSY_EVENTS;
        long cursor = ring.end();
        add(2 * EventRing.CAPACITY);
        EventRing.Slice late = ring.read(cursor, EventRing.CAPACITY, 0);
        assertTrue(late.gap());
        assertHas(EventRing.CAPACITY, 2 * EventRing.CAPACITY, late);
    }

    @Test
    void whenTheRushIsOverAllAreKeptAgain() throws InterruptedException {
        add(EventRing.CAPACITY + 1);
        gapMs = 2 * EventRing.BUSY_MS;
        add(1);
        gapMs = 0;
        add(100);
        EventRing.Slice late = ring.read(FIRST, EventRing.CAPACITY, 0);
        assertHas(EventRing.CAPACITY + 1 - EventRing.UNREAD, EventRing.CAPACITY + 102, late);
    }

    @Test
    void severalRoundsAreCutToo() throws InterruptedException {
        long cursor = ring.end();
        add(3 * EventRing.CAPACITY);
        EventRing.Slice late = ring.read(cursor, EventRing.CAPACITY, 0);
        assertHas(3 * EventRing.CAPACITY - EventRing.UNREAD, 3 * EventRing.CAPACITY, late);
    }

    @Test
    void whatIsForgottenIsNotHeld() throws InterruptedException {
        ReferenceQueue<Event> gone = new ReferenceQueue<>();
        add(10_000);
        WeakReference<Event> event = addOne(gone);
        add(EventRing.CAPACITY - 10_001); // no other takes its place
        System.gc();
        assertNull(gone.poll(), "a cursor that was given out could ask for it");
        add(1);
        System.gc();
        assertSame(event, gone.remove(10_000));
    }

    private WeakReference<Event> addOne(ReferenceQueue<Event> gone) {
        Event event = new Event(atMs, 0, new Event.What.Notice("note", Long.toString(added++)));
        ring.add(List.of(event));
        return new WeakReference<>(event, gone);
    }

    private void add(int count) {
        for (int left = count; left > 0; left -= Math.min(left, PORTION)) {
            ring.add(IntStream.range(0, Math.min(left, PORTION))
                    .mapToObj(_ -> new Event(atMs += gapMs, 0, new Event.What.Notice("note", Long.toString(added++))))
                    .toList());
        }
    }

    private static void assertHas(int from, int to, EventRing.Slice slice) {
        assertEquals(FIRST + from, slice.from());
        assertEquals(FIRST + to, slice.next());
        assertEquals(to - from, slice.events().size());
        for (int i = from; i < to; i++) {
            assertEquals(
                    new Event.What.Notice("note", Long.toString(i)),
                    slice.events().get(i - from).what());
        }
    }
}
