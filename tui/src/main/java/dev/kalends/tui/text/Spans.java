package dev.kalends.tui.text;

import dev.kalends.schedule.DurationText;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** Stretches and points of time as a narrow column has room for. */
public final class Spans {
    private static final long SECOND_MS = 1_000;
    private static final long MINUTE_MS = 60_000;
    /** What stands where nothing is known. */
    public static final String NONE = "—";

    private Spans() {}

    /** {@code 12 ms}, {@code 4.1 s}, {@code 3m 10s}. */
    public static String brief(long ms) {
        long size = Math.abs(ms);
        if (size < SECOND_MS) {
            return ms + " ms";
        }
        if (size < MINUTE_MS) {
            long tenths = ms / 100;
            return tenths / 10 + "." + Math.abs(tenths % 10) + " s";
        }
        return DurationText.words(ms / SECOND_MS * SECOND_MS);
    }

    /** The same of a figure. */
    public static String brief(double ms) {
        return brief(Math.round(ms));
    }

    /** {@code in 4.1 s}, {@code 3m 10s ago}, {@code now}. */
    public static String relative(long atMs, long nowMs) {
        long leftMs = (atMs - nowMs) / SECOND_MS * SECOND_MS;
        if (leftMs == 0) {
            return "now";
        }
        return leftMs > 0 ? "in " + DurationText.words(leftMs) : DurationText.words(-leftMs) + " ago";
    }

    /** UTC milliseconds of an RFC 3339 text; -1 when absent or unreadable. */
    public static long ofRfc3339(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return -1;
        }
        try {
            return Instant.parse(text).toEpochMilli();
        } catch (DateTimeParseException e) {
            return -1;
        }
    }

    /** {@code 14:03:22}. */
    public static String clock(long atMs, ZoneId zone) {
        ZonedDateTime at = Instant.ofEpochMilli(atMs).atZone(zone);
        return two(at.getHour()) + ":" + two(at.getMinute()) + ":" + two(at.getSecond());
    }

    /** {@code 14:03}. */
    public static String minute(long atMs, ZoneId zone) {
        return clock(atMs, zone).substring(0, 5);
    }

    /** The clock today, with day and month on other days. */
    public static String moment(long atMs, long nowMs, ZoneId zone) {
        if (atMs < 0) {
            return NONE;
        }
        ZonedDateTime at = Instant.ofEpochMilli(atMs).atZone(zone);
        boolean today =
                at.toLocalDate().equals(Instant.ofEpochMilli(nowMs).atZone(zone).toLocalDate());
        return today
                ? clock(atMs, zone)
                : two(at.getMonthValue()) + "-" + two(at.getDayOfMonth()) + " " + minute(atMs, zone);
    }

    private static String two(int number) {
        return number < 10 ? "0" + number : Integer.toString(number);
    }
}
