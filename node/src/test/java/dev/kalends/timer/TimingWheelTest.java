package dev.kalends.timer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class TimingWheelTest {
    private static final long T0 = 1_800_000_000_000L;
    private static final long YEAR_MS = 365L * 86_400_000L;

    private final TimingWheel wheel = new TimingWheel(T0);
    private final List<String> fired = new ArrayList<>();

    private int poll(long nowMs) {
        return poll(nowMs, Integer.MAX_VALUE);
    }

    private int poll(long nowMs, int limit) {
        return wheel.poll(nowMs, limit, this::record);
    }

    private void record(long dueMs, long payload) {
        fired.add("+" + (dueMs - T0) + ":" + payload);
    }

    @Test
    void neverEarlyAndAtTheVeryMillisecond() {
        wheel.schedule(T0 + 4_096, 1);
        assertEquals(0, poll(T0 + 4_095));
        assertEquals(1, poll(T0 + 4_096));
        assertEquals(List.of("+4096:1"), fired);
    }

    @Test
    void ordersByInstantThenByInsertion() {
        wheel.schedule(T0 + 9_000, 1);
        wheel.schedule(T0 + 50, 2);
        wheel.schedule(T0 + 9_000, 3);
        wheel.schedule(T0 + 50, 4);
        poll(T0 + 8_500);
        wheel.schedule(T0 + 9_000, 5);
        poll(T0 + 10_000);
        assertEquals(List.of("+50:2", "+50:4", "+9000:1", "+9000:3", "+9000:5"), fired);
    }

    @Test
    void lateTimersGoOutAtTheNextPollInOrder() {
        poll(T0 + 100_000);
        wheel.schedule(T0 + 500, 1);
        wheel.schedule(T0 + 100_000, 2);
        wheel.schedule(T0 - 70_000, 3);
        wheel.schedule(T0 + 500, 4);
        assertEquals(T0 - 70_000, wheel.nextDueMs());
        poll(T0 + 100_000);
        assertEquals(List.of("+-70000:3", "+500:1", "+500:4", "+100000:2"), fired);
    }

    @Test
    void lateTimersInTheMiddleOfALimitedDrainStillComeInOrder() {
        poll(T0 + 1_000_000);
        for (int i = 0; i < 6; i++) {
            wheel.schedule(T0 + i * 100_000L, i);
        }
        assertEquals(2, poll(T0 + 1_000_000, 2));
        wheel.schedule(T0 + 10, 10);
        wheel.schedule(T0 + 250_000, 11);
        wheel.schedule(T0 + 200_000, 12);
        poll(T0 + 1_000_000);
        assertEquals(
                List.of(
                        "+0:0",
                        "+100000:1",
                        "+10:10",
                        "+200000:2",
                        "+200000:12",
                        "+250000:11",
                        "+300000:3",
                        "+400000:4",
                        "+500000:5"),
                fired);
    }

    @Test
    void aLimitLeavesTheRestForTheNextPoll() {
        for (int i = 0; i < 5; i++) {
            wheel.schedule(T0 + 7, i);
        }
        assertEquals(0, poll(T0 + 10, 0));
        assertEquals(3, poll(T0 + 10, 3));
        assertEquals(2, wheel.size());
        assertEquals(2, poll(T0 + 10, 3));
        assertEquals(List.of("+7:0", "+7:1", "+7:2", "+7:3", "+7:4"), fired);
    }

    @Test
    void aClockThatGoesBackFiresNothingAndBreaksNothing() {
        wheel.schedule(T0 + 5_000, 1);
        assertEquals(0, poll(T0 + 4_000));
        assertEquals(0, poll(T0 - 3_600_000));
        wheel.schedule(T0 - 1_800_000, 2);
        assertEquals(0, poll(T0 - 3_600_000));
        assertEquals(1, poll(T0 - 1_800_000));
        assertEquals(0, poll(T0 + 4_999));
        assertEquals(1, poll(T0 + 5_000));
        assertEquals(List.of("+-1800000:2", "+5000:1"), fired);
    }

    @Test
    void farInstantsAreExact() {
        wheel.schedule(T0 + 300 * YEAR_MS, 1);
        wheel.schedule(TimingWheel.DUE_MAX_MS, 2);
        assertTrue(wheel.nextDueMs() <= T0 + 300 * YEAR_MS);
        assertEquals(0, poll(T0 + 300 * YEAR_MS - 1));
        assertEquals(1, poll(T0 + 300 * YEAR_MS));
        assertEquals(0, poll(TimingWheel.DUE_MAX_MS - 1));
        assertEquals(1, poll(Long.MAX_VALUE));
        assertEquals(0, wheel.size());
    }

    @Test
    void refusesInstantsItCannotHold() {
        assertThrows(IllegalArgumentException.class, () -> wheel.schedule(-1, 1));
        assertThrows(IllegalArgumentException.class, () -> wheel.schedule(TimingWheel.DUE_MAX_MS + 1, 1));
        assertEquals(0, wheel.size());
        assertEquals(Long.MAX_VALUE, wheel.nextDueMs());
    }

    @Test
    void aStaleHandleCancelsNobody() {
        long first = wheel.schedule(T0 + 10, 1);
        assertTrue(wheel.cancel(first));
        assertFalse(wheel.cancel(first));
        long second = wheel.schedule(T0 + 10, 2);
        assertNotEquals(first, second);
        assertFalse(wheel.cancel(first));
        poll(T0 + 10);
        assertFalse(wheel.cancel(second));
        assertEquals(List.of("+10:2"), fired);
        assertFalse(wheel.cancel(-1));
        assertFalse(wheel.cancel(Long.MAX_VALUE));
        assertFalse(wheel.cancel(77));
    }

    @Test
    void aHandleStaysStaleHoweverOftenItsCellIsUsedAgain() {
        long stale = wheel.schedule(T0 + 10, 1);
        wheel.cancel(stale);
        for (int i = 0; i < (1 << 24) + 2; i++) {
            long handle = wheel.schedule(T0 + 10, 2);
            if (handle == stale || !wheel.cancel(handle)) {
                throw new AssertionError("handle given twice after " + i + " uses; handle=" + handle);
            }
        }
        wheel.schedule(T0 + 10, 3);
        assertFalse(wheel.cancel(stale));
    }

    @Test
    void clearForgetsAllAndMayGoBack() {
        long ahead = wheel.schedule(T0 + 10, 1);
        poll(T0 + 5);
        long late = wheel.schedule(T0, 2);
        wheel.clear(T0 - YEAR_MS);
        assertFalse(wheel.cancel(ahead));
        assertFalse(wheel.cancel(late));
        assertEquals(0, wheel.size());
        wheel.schedule(T0 - YEAR_MS + 1, 3);
        assertEquals(0, poll(T0 - YEAR_MS));
        assertEquals(1, poll(T0));
    }

    @Test
    void theSinkMayScheduleAndCancel() {
        long victim = wheel.schedule(T0 + 30, 3);
        wheel.schedule(T0 + 10, 1);
        int count = wheel.poll(T0 + 100, Integer.MAX_VALUE, (dueMs, payload) -> {
            record(dueMs, payload);
            if (payload == 1) {
                assertTrue(wheel.cancel(victim));
                wheel.schedule(T0 + 5, 4);
                wheel.schedule(T0 + 20, 2);
                wheel.schedule(T0 + 101, 5);
            }
        });
        assertEquals(3, count);
        assertEquals(List.of("+10:1", "+5:4", "+20:2"), fired);
        assertEquals(1, wheel.size());
    }

    @Test
    void theBoundIsThatOfATimerThatStillWaits() {
        long first = wheel.schedule(T0 + 5, 1);
        long second = wheel.schedule(T0 + 5, 2);
        wheel.schedule(T0 + 9, 3);
        wheel.cancel(first);
        assertEquals(T0 + 5, wheel.nextDueMs());
        wheel.cancel(second);
        assertEquals(T0 + 9, wheel.nextDueMs());
        poll(T0 + 9);
        assertEquals(List.of("+9:3"), fired);
    }

    @Test
    void cancelledTimersDoNotPileUp() {
        for (int i = 0; i < 100; i++) {
            wheel.schedule(T0 + i * 1_000_003L, i);
        }
        for (int i = 0; i < 100_000; i++) {
            wheel.cancel(wheel.schedule(T0 + (i * 104_729L) % 100_000_000, -1));
            assertTrue(wheel.cancelled() < 2_000, () -> "cancelled=" + wheel.cancelled());
        }
        assertEquals(100, poll(T0 + 100_000_000));
        assertEquals(0, wheel.cancelled());
    }

    @Test
    void sweepsNothingThatIsJustBeingTaken() {
        int together = 100;
        for (int i = 0; i < together; i++) {
            wheel.schedule(T0 + 10, i);
        }
        long[] handles = new long[5_000];
        for (int i = 0; i < handles.length; i++) {
            handles[i] = wheel.schedule(T0 + YEAR_MS, together + i);
        }
        int cancelled = 0;
        while (wheel.cancelled() <= 1_024 + wheel.size() / 2) { // then the next cancels sweep, the nearest slot first
            wheel.cancel(handles[cancelled++]);
        }
        wheel.cancel(handles[cancelled++]);
        wheel.cancel(handles[cancelled++]);
        List<Long> out = new ArrayList<>();
        wheel.poll(T0 + 10, 50, (_, payload) -> out.add(payload));
        for (int i = 0; i < 50; i++) {
            wheel.cancel(handles[cancelled++]);
        }
        wheel.poll(T0 + 10, together, (_, payload) -> out.add(payload));
        assertEquals(LongStream.range(0, together).boxed().toList(), out);
        assertEquals(handles.length - cancelled, wheel.size());
    }

    @Test
    void whatIsTakenBackAtOnceLeavesTheOrderOfTheOthers() {
        long[] handles = new long[24];
        for (int i = 0; i < handles.length; i++) {
            handles[i] = wheel.schedule(T0 + 10, i);
        }
        assertTrue(wheel.cancel(handles[22]));
        assertTrue(wheel.cancel(handles[23]));
        assertTrue(wheel.cancel(handles[20]));
        assertFalse(wheel.cancel(handles[20]));
        assertEquals(0, wheel.cancelled());
        wheel.schedule(T0 + 10, 24);
        List<Long> out = new ArrayList<>();
        wheel.poll(T0 + 10, 100, (_, payload) -> out.add(payload));
        assertEquals(
                LongStream.rangeClosed(0, 24)
                        .filter(i -> i != 20 && i != 22 && i != 23)
                        .boxed()
                        .toList(),
                out);
    }

    @Test
    void memoryIsUsedAgain() {
        TimerBlocks blocks = new TimerBlocks();
        int first = blocks.take(0);
        long handle = 0;
        for (int i = 0; i < 32; i++) {
            assertFalse(blocks.isFull(first));
            int id = blocks.give(first);
            handle = blocks.handle(id);
            blocks.release(id);
        }
        assertEquals(first, blocks.take(0));
        assertFalse(blocks.cancel(handle));
    }

    @Test
    void holdsMoreThanOneSegment() {
        int many = 100_000;
        for (int i = 0; i < many; i++) {
            wheel.schedule(T0 + (i * 7919L) % many, i);
        }
        long[] last = {Long.MIN_VALUE};
        int count = wheel.poll(T0 + many, Integer.MAX_VALUE, (dueMs, _) -> {
            assertTrue(dueMs >= last[0]);
            last[0] = dueMs;
        });
        assertEquals(many, count);
    }
}
