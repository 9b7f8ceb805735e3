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
        return isDuration(text) ? nowMs - Field.duration(field, text, 0) : instant(field, text, nowMs, UTC);
    }

    /** A duration means so long after now. */
    static long future(String field, String text, long nowMs) {
        return future(field, text, nowMs, UTC);
    }

    /** The same, with instants read in a zone where they name none. */
    static long future(String field, String text, long nowMs, ZoneId zone) {
        return isDuration(text) ? nowMs + Field.duration(field, text, 0) : instant(field, text, nowMs, zone);
    }

    private static boolean isDuration(String text) {
        try {
            return DurationText.parse(text) >= 0;
        } catch (ScheduleFormatException e) {
            return false;
        }
    }

    private static long instant(String field, String text, long nowMs, ZoneId zone) {
        try {
            return InstantText.parse(text, zone, nowMs).ms();
        } catch (ScheduleFormatException e) {
            throw Field.named(field, e);
        }
    }
}
