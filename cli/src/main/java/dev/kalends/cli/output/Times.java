package dev.kalends.cli.output;

import dev.kalends.schedule.DurationText;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** Instants as people read them; durations and RFC 3339 are in {@code dev.kalends.schedule}. */
public final class Times {
    private static final long SECOND_MS = 1_000;

    private Times() {}

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
        long wholeMs = Math.abs(leftMs) / SECOND_MS * SECOND_MS;
        return leftMs > 0 ? "in " + DurationText.words(wholeMs) : DurationText.words(wholeMs) + " ago";
    }

    /** A local time as short as it can be said today: {@code 15:15:00}, or with its date when that is another one. */
    public static String local(long atMs, long nowMs, ZoneId zone) {
        ZonedDateTime at = Instant.ofEpochMilli(atMs).atZone(zone);
        boolean today =
                at.toLocalDate().equals(Instant.ofEpochMilli(nowMs).atZone(zone).toLocalDate());
        return today ? clock(at) : date(at) + " " + clock(at);
    }

    /** The same without seconds where there are none: {@code 15:15}. */
    public static String brief(long atMs, long nowMs, ZoneId zone) {
        String local = local(atMs, nowMs, zone);
        return local.endsWith(":00") ? local.substring(0, local.length() - 3) : local;
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
}
