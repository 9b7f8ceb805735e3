package dev.kalends.server;

import dev.kalends.schedule.DurationText;
import dev.kalends.schedule.InstantText;
import dev.kalends.schedule.ScheduleFormatException;
import java.time.ZoneId;

/** Instants in filters: RFC 3339, or a duration from now, such as {@code 15m}. */
final class Moments {
    private static final ZoneId UTC = ZoneId.of("UTC");

    private Moments() {}

    /** A duration means so long before now. */
    static long past(String field, String text, long nowMs) {
        return isDuration(text) ? nowMs - Field.duration(field, text, 0) : instant(field, text, nowMs);
    }

    /** A duration means so long after now. */
    static long future(String field, String text, long nowMs) {
        return isDuration(text) ? nowMs + Field.duration(field, text, 0) : instant(field, text, nowMs);
    }

    private static boolean isDuration(String text) {
        try {
            return DurationText.parse(text) >= 0;
        } catch (ScheduleFormatException e) {
            return false;
        }
    }

    private static long instant(String field, String text, long nowMs) {
        try {
            return InstantText.parse(text, UTC, nowMs).ms();
        } catch (ScheduleFormatException e) {
            throw Field.named(field, e);
        }
    }
}
