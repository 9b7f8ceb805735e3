package dev.kalends.schedule;

import static dev.kalends.schedule.ScheduleFormatException.excerpt;

import dev.kalends.job.RunId;
import dev.kalends.time.CivilDate;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TimeZone;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Instants as people write and read them: RFC 3339 with an offset or {@code Z}, or a local time in a zone.
 *
 * <p>A local time in a gap is read as the end of the gap, one that happens twice as the first of the two, each with a
 * note that says so. A time of day without a date is its next occurrence, the second one too when only that is still
 * to come.
 */
public final class InstantText {
    private static final String SHAPE =
            "use 2026-03-08T02:30:00Z, 2026-03-08T02:30-05:00, or local time 2026-03-08T02:30 or 02:30";
    /** RFC 3339 sets no limit to the digits of a second; nine is what clocks have. */
    private static final Pattern FORM =
            Pattern.compile("(?:(\\d{4})-(\\d\\d)-(\\d\\d)[Tt ])?(\\d\\d):(\\d\\d)(?::(\\d\\d)(?:\\.(\\d{1,9}))?)?"
                    + "([Zz]|[+-]\\d\\d:\\d\\d)?");

    private static final String PLAIN_SHAPE = "0000-00-00T00:00:00.000";
    /** Without a fraction, with Z. */
    private static final int PLAIN_LENGTH = 20;

    private static final int TEXT_LENGTH_MAX = 64;
    private static final int NANOS_DIGITS = 9;
    private static final int NANOS_A_MS = 1_000_000;
    private static final String[] WEEKDAYS = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};

    private InstantText() {}

    /**
     * What a text was read as.
     *
     * @param ms UTC milliseconds, 1970 to 9999; digits beyond the millisecond are rounded up, so never early
     * @param note what to tell the user about a clock change
     */
    public record Parsed(long ms, Optional<String> note) {}

    /**
     * Reads an instant.
     *
     * @param zone where local times are read
     * @param nowMs what a time of day without a date comes after
     * @throws ScheduleFormatException if it is none
     */
    public static Parsed parse(String text, ZoneId zone, long nowMs) {
        long plainMs = plain(text);
        if (plainMs >= 0) {
            return new Parsed(plainMs, Optional.empty());
        }
        Matcher form = FORM.matcher(text.length() > TEXT_LENGTH_MAX ? "" : text);
        if (!form.matches()) {
            throw wrong("this is no instant", text);
        }
        try {
            LocalTime time = LocalTime.of(number(form, 4), number(form, 5), number(form, 6), nanos(form.group(7)));
            if (form.group(1) == null) {
                if (form.group(8) != null) {
                    throw wrong("an offset needs a date", text);
                }
                return bounded(nextLocal(time, zone, nowMs), text);
            }
            LocalDateTime local = LocalDate.of(number(form, 1), number(form, 2), number(form, 3))
                    .atTime(time);
            if (form.group(8) == null) {
                return bounded(local(local, zone), text);
            }
            ZoneOffset offset = ZoneOffset.of(form.group(8).toUpperCase(Locale.ROOT));
            return bounded(
                    new Parsed(roundedUpMs(OffsetDateTime.of(local, offset).toInstant()), Optional.empty()), text);
        } catch (DateTimeException e) {
            throw wrong("there is no such date or time of day", text);
        }
    }

    /**
     * Reads the two forms that programs write most, {@code 2026-03-08T07:00:00Z} and {@code 2026-03-08T07:00:00.000Z},
     * at a tenth of the cost; -1 for any other text, and for what is no date of these years.
     */
    private static long plain(String text) {
        int length = text.length();
        if ((length != PLAIN_LENGTH && length != PLAIN_LENGTH + 4) || text.charAt(length - 1) != 'Z') {
            return -1;
        }
        for (int i = 0; i < length - 1; i++) {
            char expected = PLAIN_SHAPE.charAt(i);
            char found = text.charAt(i);
            if (expected == '0' ? found < '0' || found > '9' : found != expected) {
                return -1;
            }
        }
        long ms = CivilDate.epochMs(
                number(text, 0, 4),
                number(text, 5, 7),
                number(text, 8, 10),
                number(text, 11, 13),
                number(text, 14, 16),
                number(text, 17, 19));
        return ms < 0 || length == PLAIN_LENGTH ? ms : ms + number(text, 20, 23);
    }

    private static int number(String text, int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            value = value * 10 + text.charAt(i) - '0';
        }
        return value;
    }

    /** RFC 3339 in UTC with milliseconds, such as {@code 2026-03-08T07:00:00.000Z}. */
    public static String format(long ms) {
        StringBuilder text = new StringBuilder(24);
        date(text, Math.floorDiv(ms, 86_400_000L)).append('T');
        timeOfDay(text, Math.floorMod(ms, 86_400_000));
        return text.append('Z').toString();
    }

    /** UTC for people, such as {@code 2026-03-08 07:00}; seconds and milliseconds only where there are any. */
    public static String utc(long ms) {
        StringBuilder text =
                date(new StringBuilder(24), Math.floorDiv(ms, 86_400_000L)).append(' ');
        return shortTimeOfDay(text, Math.floorMod(ms, 86_400_000)).toString();
    }

    /**
     * Local time for people, such as {@code Sat 2026-03-07 02:30 EST}; the offset where a zone's clock has no name of
     * its own, as in {@code +10:30}.
     */
    public static String local(long ms, ZoneId zone) {
        ZoneOffset offset = zone.getRules().getOffset(Instant.ofEpochMilli(ms));
        long localMs = ms + offset.getTotalSeconds() * 1_000L;
        StringBuilder text = new StringBuilder(40);
        text.append(WEEKDAYS[CivilDate.dayOfWeek(Math.floorDiv(localMs, 86_400_000L))])
                .append(' ')
                .append(utc(localMs))
                .append(' ');
        return text.append(clockName(ms, zone, offset)).toString();
    }

    /** A time of day for people, such as {@code 02:30} or {@code 02:30:15}. */
    static String timeOfDay(int secondOfDay) {
        return shortTimeOfDay(new StringBuilder(12), secondOfDay * 1_000).toString();
    }

    private static Parsed nextLocal(LocalTime time, ZoneId zone, long nowMs) {
        LocalDate today = Instant.ofEpochMilli(nowMs).atZone(zone).toLocalDate();
        // A clock set back over midnight shows some of yesterday again.
        for (LocalDate date = today.minusDays(1); ; date = date.plusDays(1)) {
            LocalDateTime local = date.atTime(time);
            Parsed first = local(local, zone);
            if (first.ms() > nowMs) {
                return first;
            }
            if (zone.getRules().getValidOffsets(local).size() == 2) {
                ZoneOffset after = zone.getRules().getTransition(local).getOffsetAfter();
                long secondMs = roundedUpMs(local.toInstant(after));
                if (secondMs > nowMs) {
                    return new Parsed(
                            secondMs, Optional.of(twice(local, zone) + "; taken as the second, the next one"));
                }
            }
        }
    }

    private static Parsed local(LocalDateTime local, ZoneId zone) {
        ZoneRules rules = zone.getRules();
        List<ZoneOffset> offsets = rules.getValidOffsets(local);
        if (offsets.isEmpty()) {
            ZoneOffsetTransition gap = rules.getTransition(local);
            return new Parsed(gap.getInstant().toEpochMilli(), Optional.of(gapNote(local, zone, gap)));
        }
        long ms = roundedUpMs(local.toInstant(offsets.getFirst()));
        return new Parsed(
                ms, offsets.size() == 1 ? Optional.empty() : Optional.of(twice(local, zone) + "; taken as the first"));
    }

    private static String gapNote(LocalDateTime local, ZoneId zone, ZoneOffsetTransition gap) {
        LocalDateTime end = gap.getDateTimeAfter();
        String otherDay = end.toLocalDate().equals(local.toLocalDate()) ? "" : end.toLocalDate() + " ";
        return local.toLocalTime() + " does not exist on " + local.toLocalDate() + " in " + zone + "; taken as "
                + otherDay + end.toLocalTime() + ", the end of the gap";
    }

    private static String twice(LocalDateTime local, ZoneId zone) {
        return local.toLocalTime() + " happens twice on " + local.toLocalDate() + " in " + zone;
    }

    private static Parsed bounded(Parsed parsed, String text) {
        if (parsed.ms() < 0 || parsed.ms() > RunId.NOMINAL_MAX_MS) {
            throw wrong("instants lie in the years 1970 to 9999", text);
        }
        return parsed;
    }

    private static long roundedUpMs(Instant instant) {
        return instant.plusNanos(NANOS_A_MS - 1).toEpochMilli();
    }

    private static int number(Matcher form, int group) {
        String digits = form.group(group);
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    private static int nanos(@Nullable String digits) {
        return digits == null ? 0 : Integer.parseInt(digits + "0".repeat(NANOS_DIGITS - digits.length()));
    }

    /** The abbreviation in English, unless the database has none for what the clock really shows. */
    private static String clockName(long ms, ZoneId zone, ZoneOffset offset) {
        boolean daylight = zone.getRules().isDaylightSavings(Instant.ofEpochMilli(ms));
        String name = TimeZone.getTimeZone(zone).getDisplayName(daylight, TimeZone.SHORT, Locale.US);
        boolean offsetInName = name.indexOf('+') >= 0 || name.indexOf('-') >= 0;
        boolean otherThanZero = offset.getTotalSeconds() != 0 && (name.equals("GMT") || name.equals("UTC"));
        if (!offsetInName && !otherThanZero) {
            return name;
        }
        return offset.getTotalSeconds() == 0 ? "+00:00" : offset.getId();
    }

    private static StringBuilder date(StringBuilder text, long epochDay) {
        int date = CivilDate.ofEpochDay(epochDay);
        CivilDate.digits(text, CivilDate.year(date), 4).append('-');
        CivilDate.digits(text, CivilDate.month(date), 2).append('-');
        return CivilDate.digits(text, CivilDate.day(date), 2);
    }

    private static void timeOfDay(StringBuilder text, int msOfDay) {
        CivilDate.digits(text, msOfDay / 3_600_000, 2).append(':');
        CivilDate.digits(text, msOfDay / 60_000 % 60, 2).append(':');
        CivilDate.digits(text, msOfDay / 1_000 % 60, 2).append('.');
        CivilDate.digits(text, msOfDay % 1_000, 3);
    }

    private static StringBuilder shortTimeOfDay(StringBuilder text, int msOfDay) {
        timeOfDay(text, msOfDay);
        int dropped = msOfDay % 60_000 == 0 ? 7 : msOfDay % 1_000 == 0 ? 4 : 0;
        text.setLength(text.length() - dropped);
        return text;
    }

    private static ScheduleFormatException wrong(String what, String text) {
        return new ScheduleFormatException(what + "; " + SHAPE + "; text=" + excerpt(text));
    }
}
