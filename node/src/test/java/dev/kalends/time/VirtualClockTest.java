package dev.kalends.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

final class VirtualClockTest {
    private final VirtualClock clock = new VirtualClock(1_000);

    @Test
    void bothViewsAdvanceAndTheWallJumpsAlone() {
        clock.advance(5);
        clock.jumpWall(-500);
        assertEquals(505, clock.wall().nowMs());
        assertEquals(5_000_000, clock.monotonic().nowNs());
        clock.suspend(1_000);
        assertEquals(1_505, clock.nowMs());
        clock.advanceTo(1_600);
        clock.advanceTo(1_500);
        assertEquals(1_600, clock.nowMs());
        assertEquals(100_000_000, clock.monotonic().nowNs());
        assertThrows(IllegalArgumentException.class, () -> clock.advance(-1));
    }
}
