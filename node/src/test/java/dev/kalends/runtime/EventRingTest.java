package dev.kalends.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What is kept for whom: everything that a cursor given out can still ask for whole, and little else. */
final class EventRingTest {
    private static final long FIRST = 7L << 20;

    private final EventRing ring = new EventRing(FIRST);
    private long added;

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
    void aRoundMoreThanTheRingInOneGoIsCutToo() throws InterruptedException {
        long cursor = ring.end();
        add(3 * EventRing.CAPACITY);
        EventRing.Slice late = ring.read(cursor, EventRing.CAPACITY, 0);
        assertHas(3 * EventRing.CAPACITY - EventRing.UNREAD, 3 * EventRing.CAPACITY, late);
    }

    private void add(int count) {
        ring.add(LongStream.range(added, added + count)
                .mapToObj(i -> new Event(i, 0, new Event.What.Notice("note", "")))
                .toList());
        added += count;
    }

    private static void assertHas(int from, int to, EventRing.Slice slice) {
        assertEquals(FIRST + from, slice.from());
        assertEquals(FIRST + to, slice.next());
        assertEquals(to - from, slice.events().size());
        for (int i = from; i < to; i++) {
            assertEquals(i, slice.events().get(i - from).atMs());
        }
    }
}
