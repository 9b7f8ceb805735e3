package dev.kalends.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.job.Limits;
import dev.kalends.job.RunId;
import dev.kalends.job.Schedule;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class EveryFiresTest {
    @Test
    void firesFirstOnePeriodAfterItsAnchor() {
        EveryFires fires = new EveryFires(1_000, 500);
        assertEquals(1_500, fires.nextAfter(Long.MIN_VALUE));
        assertEquals(1_500, fires.nextAfter(500));
        assertEquals(1_500, fires.nextAfter(1_499));
        assertEquals(2_500, fires.nextAfter(1_500));
        assertEquals(0, fires.countBetween(-5_000, 1_499));
        assertEquals(1, fires.countBetween(-5_000, 1_500));
        assertEquals(0, fires.countBetween(1_500, 1_500));
        assertEquals(0, fires.countBetween(9_000, 1_000));
    }

    @Test
    void firesOnePeriodAfterAcceptance() {
        assertEquals(new Schedule.Every(60_000, 7), EveryFires.fromAcceptance(60_000, 7));
        assertEquals(
                60_007, FireTimes.of(EveryFires.fromAcceptance(60_000, 7), 0).nextAfter(7));
    }

    @Test
    void firesAtItsAnchorAndOnItsGridAfterIt() {
        EveryFires fires = times(EveryFires.anchored(1_000, 10_000));
        assertEquals(10_000, fires.nextAfter(500)); // anchor still to come
        assertEquals(10_000, fires.nextAfter(9_999));
        assertEquals(11_000, fires.nextAfter(10_000));
        assertEquals(20_000, fires.nextAfter(19_999));
        assertEquals(0, times(EveryFires.anchored(1_000, 0)).nextAfter(-1));
        assertEquals(
                5_000, times(EveryFires.anchored(Limits.DURATION_MAX_MS, 5_000)).nextAfter(1_000));
    }

    @Test
    void neverDrifts() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 10_000; i++) {
            long period = 1 + (random.nextLong(Limits.DURATION_MAX_MS) >>> random.nextInt(42));
            long anchor = random.nextLong(RunId.NOMINAL_MAX_MS);
            EveryFires fires = new EveryFires(period, anchor);
            long after = random.nextLong(RunId.NOMINAL_MAX_MS);
            long next = fires.nextAfter(after);
            if (next == FireTimes.NEVER) {
                assertTrue(Math.max(after, anchor) > RunId.NOMINAL_MAX_MS - period);
                continue;
            }
            assertTrue(next > after && next <= RunId.NOMINAL_MAX_MS);
            assertEquals(0, (next - anchor) % period);
            assertTrue(next - period <= after || next - period == anchor, "one was left out");
            assertEquals(1, fires.countBetween(after, next));
            assertEquals(0, fires.countBetween(after, next - 1));
            assertEquals(next, fires.nextAfter(next - 1));
        }
    }

    @Test
    void countsAsManyAsItSteps() {
        EveryFires fires = new EveryFires(7, 3);
        long at = -100;
        for (int steps = 1; steps < 1_000; steps++) {
            at = fires.nextAfter(at);
            assertEquals(steps, fires.countBetween(-100, at));
        }
    }

    @Test
    void endsWithTheYear9999() {
        EveryFires fires = new EveryFires(1_000, 0);
        long last = RunId.NOMINAL_MAX_MS - 999;
        assertEquals(last, fires.nextAfter(last - 1));
        assertEquals(FireTimes.NEVER, fires.nextAfter(last));
        assertEquals(FireTimes.NEVER, fires.nextAfter(Long.MAX_VALUE));
        assertEquals(last / 1_000, fires.countBetween(Long.MIN_VALUE, Long.MAX_VALUE));
        assertEquals(FireTimes.NEVER, new EveryFires(Long.MAX_VALUE, 0).nextAfter(0));
    }

    @Test
    void refusesWhatIsNoPeriod() {
        assertThrows(IllegalArgumentException.class, () -> new EveryFires(0, 0));
        assertThrows(IllegalArgumentException.class, () -> new EveryFires(1, Long.MIN_VALUE));
        assertThrows(IllegalArgumentException.class, () -> new EveryFires(1, RunId.NOMINAL_MAX_MS + 1));
    }

    @Test
    void onceFiresOnce() {
        FireTimes once = FireTimes.of(new Schedule.Once(1_000), 0);
        assertEquals(1_000, once.nextAfter(999));
        assertEquals(FireTimes.NEVER, once.nextAfter(1_000));
        assertEquals(1, once.countBetween(999, 1_000));
        assertEquals(0, once.countBetween(1_000, 2_000));
        FireTimes manual = FireTimes.of(new Schedule.Manual(), 0);
        assertEquals(FireTimes.NEVER, manual.nextAfter(0));
        assertEquals(0, manual.countBetween(0, Long.MAX_VALUE));
    }

    private static EveryFires times(Schedule.Every every) {
        return new EveryFires(every.periodMs(), every.anchorMs());
    }
}
