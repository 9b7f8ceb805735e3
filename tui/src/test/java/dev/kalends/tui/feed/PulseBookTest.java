package dev.kalends.tui.feed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.api.EventView;
import dev.kalends.tui.model.Pulse;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Events, added up by minutes. */
final class PulseBookTest {
    private static final long MINUTE = Instant.parse("2026-03-08T14:00:00Z").getEpochSecond() / 60;
    private static final int LAST = Pulse.MINUTES - 1;

    private final PulseBook book = new PulseBook();
    private int runs;

    private void event(String type, long minute, int attempt, @Nullable Long skewMs) {
        event("j@" + ++runs, type, minute, attempt, skewMs);
    }

    private void event(String run, String type, long minute, int attempt, @Nullable Long skewMs) {
        String at = Instant.ofEpochSecond(minute * 60 + 5).toString();
        book.add(new EventView("1", at, type, "t", "j", "n", run, attempt, skewMs, "w", null));
    }

    @Test
    void countsStartsFailuresAndSkewInTheirMinutes() {
        event("run.running", MINUTE, 1, null);
        event("run.running", MINUTE, 1, null);
        event("run.running", MINUTE, 2, null);
        event("run.running", MINUTE, 1, 5L);
        event("run.succeeded", MINUTE, 1, 2_000L);
        event("run.retrying", MINUTE + 1, 2, 5L);
        event("run.dead", MINUTE + 1, 2, 5L);
        Pulse pulse = book.sum();
        assertEquals(MINUTE + 1, pulse.untilMinute());
        assertEquals(3, pulse.started()[LAST - 1]);
        assertEquals(2, pulse.failed()[LAST]);
        assertArrayEquals(new int[] {1, 0, 0, 0, 1, 0, 0}, pulse.skew().get(LAST - 1), "only first attempts have skew");
        assertEquals(7, pulse.events());
    }

    @Test
    void theSkewOfARunCountsOnce() {
        for (String type : List.of("run.running", "run.running", "run.succeeded")) {
            event("long@1", type, MINUTE, 1, 5L);
        }
        assertEquals(1, book.sum().skew().get(LAST)[0]);
    }

    @Test
    void forgetsWhatIsOlderThanItsWindow() {
        event("run.running", MINUTE, 1, null);
        book.goOn(MINUTE + Pulse.MINUTES - 1);
        assertEquals(1, book.sum().started()[0]);
        book.goOn(MINUTE + Pulse.MINUTES);
        assertEquals(0, Arrays.stream(book.sum().started()).sum());
        event("run.running", MINUTE, 1, null);
        assertEquals(0, Arrays.stream(book.sum().started()).sum(), "an event from before the window");
    }

    @Test
    void changesAreToldOnce() {
        event("job.changed", MINUTE, 1, null);
        assertFalse(book.hasChanged(), "no run");
        event("run.running", MINUTE, 1, null);
        assertTrue(book.hasChanged());
        book.sum();
        assertFalse(book.hasChanged());
    }

    @Test
    void skewClassesHoldTheirBounds() {
        assertEquals(0, Pulse.skewClass(-5));
        assertEquals(0, Pulse.skewClass(30));
        assertEquals(1, Pulse.skewClass(31));
        assertEquals(3, Pulse.skewClass(1_000));
        assertEquals(6, Pulse.skewClass(10_001));
    }
}
