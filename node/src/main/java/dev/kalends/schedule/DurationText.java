package dev.kalends.schedule;

import static dev.kalends.schedule.ScheduleFormatException.excerpt;

import dev.kalends.job.Limits;
import java.util.Locale;

/**
 * Durations as people write them: {@code 250ms}, {@code 5s}, {@code 1h30m}, {@code 2d}, {@code 1w}, or ISO 8601 such as
 * {@code PT1H30M}. A day is 24 hours. Milliseconds, 0 to {@link Limits#DURATION_MAX_MS}.
 */
public final class DurationText {
    private static final String SHAPE = "use 250ms, 5s, 1h30m, 2d, 1w or ISO 8601 such as PT1H30M";
    /** No duration in range needs more characters, leading zeros apart. */
    private static final int TEXT_LENGTH_MAX = 64;

    private static final int MILLIS_DIGITS = 3;

    /** From the longest to the shortest: the order in which they may follow each other. */
    private enum Unit {
        WEEK("w", 7 * 86_400_000L),
        DAY("d", 86_400_000L),
        HOUR("h", 3_600_000L),
        MINUTE("m", 60_000L),
        SECOND("s", 1_000L),
        MILLISECOND("ms", 1L);

        private final String mark;
        private final long ms;

        Unit(String mark, long ms) {
            this.mark = mark;
            this.ms = ms;
        }
    }

    private DurationText() {}

    /**
     * Reads a duration.
     *
     * @return milliseconds
     * @throws ScheduleFormatException if it is none, is negative or is longer than 100 years
     */
    public static long parse(String text) {
        if (text.isEmpty() || text.length() > TEXT_LENGTH_MAX) {
            throw wrong("this is no duration", text);
        }
        char first = text.charAt(0);
        if (first == '-' || first == '+') {
            throw wrong("a duration has no sign", text);
        }
        long ms = first == 'P' || first == 'p' ? iso(text.toUpperCase(Locale.ROOT)) : plain(text);
        if (ms > Limits.DURATION_MAX_MS) {
            throw wrong("a duration is at most " + format(Limits.DURATION_MAX_MS), text);
        }
        return ms;
    }

    /** The shortest text that {@link #parse} reads as exactly so many milliseconds: {@code 90m}, {@code 1w1ms}. */
    public static String format(long ms) {
        if (ms < 0) {
            throw new IllegalArgumentException("a duration is not negative; ms=" + ms);
        }
        String shortest = parts(ms, Unit.WEEK, Unit.values().length, "");
        for (Unit unit : Unit.values()) {
            String alone = ms / unit.ms + unit.mark;
            if (ms % unit.ms == 0 && alone.length() < shortest.length()) {
                return alone;
            }
        }
        return shortest;
    }

    /**
     * For people: the two largest units, the rest cut off, such as {@code 1d 2h}, {@code 11m 38s}, {@code 250ms}. A
     * negative one starts with a minus.
     */
    public static String words(long ms) {
        if (ms < 0) {
            return "-" + words(ms == Long.MIN_VALUE ? Long.MAX_VALUE : -ms);
        }
        return ms == 0 ? "0s" : parts(ms, Unit.DAY, 2, " ");
    }

    /** A duration in units from one down, as many neighbouring ones as wanted, starting with the first not zero. */
    private static String parts(long ms, Unit largest, int unitsWanted, String between) {
        StringBuilder text = new StringBuilder();
        long left = ms;
        int unitsLeft = unitsWanted;
        for (Unit unit : Unit.values()) {
            if (unit.ordinal() < largest.ordinal() || unitsLeft == 0) {
                continue;
            }
            long count = left / unit.ms;
            left %= unit.ms;
            if (count > 0) {
                text.append(text.isEmpty() ? "" : between).append(count).append(unit.mark);
            }
            unitsLeft -= text.isEmpty() ? 0 : 1;
        }
        return text.isEmpty() ? "0s" : text.toString();
    }

    /** Numbers with units in falling order, each at most once; blanks may stand between. */
    private static long plain(String text) {
        long ms = 0;
        int at = 0;
        int lastUnit = -1;
        while (at < text.length()) {
            int unitStart = digitsEnd(text, at);
            if (unitStart == at) {
                throw wrong("a number is missing at position " + (at + 1), text);
            }
            int unitEnd = unitStart;
            while (unitEnd < text.length() && Character.isLetter(text.charAt(unitEnd))) {
                unitEnd++;
            }
            Unit unit = unit(text, unitStart, unitEnd);
            if (unit.ordinal() <= lastUnit) {
                throw wrong("units go from long to short, each once", text);
            }
            lastUnit = unit.ordinal();
            ms = plus(ms, text.substring(at, unitStart), unit, text);
            at = unitEnd;
            if (at + 1 < text.length() && text.charAt(at) == ' ') {
                at++;
            }
        }
        return ms;
    }

    private static Unit unit(String text, int start, int end) {
        String mark = text.substring(start, end);
        for (Unit unit : Unit.values()) {
            if (unit.mark.equals(mark)) {
                return unit;
            }
        }
        if (mark.isEmpty() && start < text.length()) {
            throw wrong("only whole numbers and their units stand here", text);
        }
        throw wrong(mark.isEmpty() ? "the unit is missing" : "no such unit " + excerpt(mark), text);
    }

    /** {@code P1W}, {@code P1DT2H30M}, {@code PT1.5S}; no years or months, which have no fixed length. */
    private static long iso(String text) {
        long ms = 0;
        int at = 1;
        int lastUnit = -1;
        boolean inTime = false;
        while (at < text.length()) {
            if (!inTime && text.charAt(at) == 'T') {
                inTime = true;
                at++;
            }
            int markAt = numberEnd(text, at);
            Unit unit = isoUnit(text, markAt, inTime);
            if (markAt == at || unit.ordinal() <= lastUnit) {
                throw wrong("units go from long to short, each once after a number", text);
            }
            lastUnit = unit.ordinal();
            String number = text.substring(at, markAt);
            ms = unit == Unit.SECOND ? plusSeconds(ms, number, text) : plus(ms, number, unit, text);
            at = markAt + 1;
        }
        if (lastUnit < 0) {
            throw wrong("a number with its unit is missing", text);
        }
        return ms;
    }

    private static Unit isoUnit(String text, int at, boolean inTime) {
        char mark = at < text.length() ? text.charAt(at) : ' ';
        if (mark == 'Y' || (mark == 'M' && !inTime)) {
            throw wrong("years and months have no fixed length", text);
        }
        int found = (inTime ? "HMS" : "WD").indexOf(mark);
        if (found < 0) {
            throw wrong("the unit at position " + (at + 1) + " is missing or unknown", text);
        }
        return inTime ? Unit.values()[Unit.HOUR.ordinal() + found] : Unit.values()[found];
    }

    private static long plusSeconds(long ms, String number, String text) {
        int point = Math.max(number.indexOf('.'), number.indexOf(','));
        if (point < 0) {
            return plus(ms, number, Unit.SECOND, text);
        }
        String fraction = number.substring(point + 1);
        if (point == 0 || fraction.isEmpty() || fraction.length() > MILLIS_DIGITS) {
            throw wrong("seconds have one to three digits after the point", text);
        }
        long whole = plus(ms, number.substring(0, point), Unit.SECOND, text);
        return plus(whole, fraction + "0".repeat(MILLIS_DIGITS - fraction.length()), Unit.MILLISECOND, text);
    }

    private static long plus(long ms, String digits, Unit unit, String text) {
        long limit = Limits.DURATION_MAX_MS;
        long number = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                throw wrong("only seconds may have a fraction", text);
            }
            number = Math.min(number * 10 + digit, limit + 1);
        }
        return number > limit / unit.ms ? limit + 1 : Math.min(ms + number * unit.ms, limit + 1);
    }

    private static int digitsEnd(String text, int from) {
        int end = from;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return end;
    }

    private static int numberEnd(String text, int from) {
        int end = digitsEnd(text, from);
        return end < text.length() && (text.charAt(end) == '.' || text.charAt(end) == ',')
                ? digitsEnd(text, end + 1)
                : end;
    }

    private static ScheduleFormatException wrong(String what, String text) {
        return new ScheduleFormatException(what + "; " + SHAPE + "; text=" + excerpt(text));
    }
}
