package dev.kalends.tui.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kalends.api.MinutesView;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The last hour as a node tells it, laid out for the screen. */
final class PulseTest {
    private static final int LAST = Pulse.MINUTES - 1;
    private static final List<Long> SKEW = List.of(1L, 2L, 0L, 0L, 0L, 0L, 3L);

    @Test
    void thePresentMinuteIsTheLastOne() {
        Pulse pulse = Pulse.of(view(MinutesView.BOUNDS_MS, 100, 99, 41, 40, 101));
        assertEquals(4, pulse.started()[LAST]);
        assertEquals(4, pulse.started()[LAST - 1]);
        assertEquals(4, pulse.started()[0], "the oldest of sixty");
        assertEquals(5, pulse.failed()[LAST]);
        assertEquals(12, Arrays.stream(pulse.started()).sum(), "what lies outside the hour is left out");
        assertArrayEquals(new int[] {1, 2, 0, 0, 0, 0, 3}, pulse.skew().get(LAST));
    }

    @Test
    void classesThatItDoesNotKnowAreNotShownAsItsOwn() {
        Pulse pulse = Pulse.of(view(List.of(7L), 100));
        assertEquals(4, pulse.started()[LAST]);
        assertArrayEquals(new int[Pulse.CLASSES], pulse.skew().get(LAST));
    }

    private static MinutesView view(List<Long> boundsMs, long... minutes) {
        return new MinutesView(
                "now",
                0,
                100,
                boundsMs,
                Arrays.stream(minutes)
                        .mapToObj(minute -> new MinutesView.Minute(minute, SKEW, 4, 5))
                        .toList());
    }

    @Test
    void aSkewHasOneClass() {
        assertEquals(0, MinutesView.skewClass(-5));
        assertEquals(0, MinutesView.skewClass(30));
        assertEquals(1, MinutesView.skewClass(31));
        assertEquals(3, MinutesView.skewClass(1_000));
        assertEquals(6, MinutesView.skewClass(10_001));
    }
}
