package dev.kalends.cli.output;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** Instants and durations as people read them, and RFC 3339 as programs do. */
public final class Times {
    private static final long SECOND_MS = 1_000;
    private static final long MINUTE_MS = 60 * SECOND_MS;
    private static final long HOUR_MS = 60 * MINUTE_MS;
    private static final long DAY_MS = 24 * HOUR_MS;

    private Times() {}

    /** RFC 3339 in UTC with milliseconds: {@code 2026-03-08T07:00:00.000Z}. */
    public static String rfc3339(long atMs) {
        ZonedDateTime at = Instant.ofEpochMilli(atMs).atZone(ZoneOffset.UTC);
        return date(at) + "T" + clock(at) + "." + digits(Math.floorMod(atMs, 1000), 3) + "Z";
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

    /** {@code in 11m 38s}, {@code 3s ago}, {@code now}. */
    public static String relative(long atMs, long nowMs) {
        long leftMs = atMs - nowMs;
        if (Math.abs(leftMs) < SECOND_MS) {
            return "now";
        }
        return leftMs > 0 ? "in " + duration(leftMs) : duration(-leftMs) + " ago";
    }

    /** Two units at most, cut and not rounded: {@code 250ms}, {@code 4.2s}, {@code 11m 38s}, {@code 2d 3h}. */
    public static String duration(long durationMs) {
        if (durationMs < SECOND_MS) {
            return durationMs + "ms";
        }
        if (durationMs < 10 * SECOND_MS && durationMs % SECOND_MS >= 100) {
            return durationMs / SECOND_MS + "." + durationMs % SECOND_MS / 100 + "s";
        }
        if (durationMs < MINUTE_MS) {
            return durationMs / SECOND_MS + "s";
        }
        if (durationMs < HOUR_MS) {
            return two(durationMs / MINUTE_MS, "m", durationMs % MINUTE_MS / SECOND_MS, "s");
        }
        if (durationMs < DAY_MS) {
            return two(durationMs / HOUR_MS, "h", durationMs % HOUR_MS / MINUTE_MS, "m");
        }
        return two(durationMs / DAY_MS, "d", durationMs % DAY_MS / HOUR_MS, "h");
    }

    /** A local time as short as it can be said today: {@code 15:15:00}, or with its date when that is another one. */
    public static String local(long atMs, long nowMs, ZoneId zone) {
        ZonedDateTime at = Instant.ofEpochMilli(atMs).atZone(zone);
        boolean today =
                at.toLocalDate().equals(Instant.ofEpochMilli(nowMs).atZone(zone).toLocalDate());
        return today ? clock(at) : date(at) + " " + clock(at);
    }

    /** {@code 2026-03-08}. */
    static String date(ZonedDateTime at) {
        return digits(at.getYear(), 4) + "-" + digits(at.getMonthValue(), 2) + "-" + digits(at.getDayOfMonth(), 2);
    }

    /** {@code 07:00:00}. */
    static String clock(ZonedDateTime at) {
        return digits(at.getHour(), 2) + ":" + digits(at.getMinute(), 2) + ":" + digits(at.getSecond(), 2);
    }

    private static String digits(int number, int width) {
        String digits = Integer.toString(number);
        return "0".repeat(Math.max(0, width - digits.length())) + digits;
    }

    private static String two(long big, String bigUnit, long small, String smallUnit) {
        return small == 0 ? big + bigUnit : big + bigUnit + " " + small + smallUnit;
    }
}
