package dev.kalends.schedule;

import static dev.kalends.schedule.ScheduleFormatException.excerpt;

import dev.kalends.job.ExcludedDays;
import dev.kalends.job.Limits;
import dev.kalends.time.CivilDate;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Excluded days as people write and read them: {@code 2026-12-25}, {@code 2026-12-24..2027-01-01}, and of every year
 * {@code 12-25}, {@code 12-24..12-26} or, over its end, {@code 12-24..01-01}.
 */
public final class ExcludedDaysText {
    private static final String SHAPE = "use 2026-12-25, 2026-12-24..2027-01-01, or of every year 12-25, 12-24..12-26";
    private static final Pattern FORM =
            Pattern.compile("(?:(\\d{4})-)?(\\d\\d)-(\\d\\d)(?:\\.\\.(?:(\\d{4})-)?(\\d\\d)-(\\d\\d))?");
    private static final int TEXT_LENGTH_MAX = 40;
    private static final int LEAP_YEAR = 2000;

    private ExcludedDaysText() {}

    /**
     * Reads days.
     *
     * @throws ScheduleFormatException at the first text that is none, or when they are too many
     */
    public static ExcludedDays parse(List<String> texts) {
        if (texts.size() > Limits.EXCLUDED_RANGES_MAX) {
            throw new ScheduleFormatException(
                    "at most " + Limits.EXCLUDED_RANGES_MAX + " days and ranges are left out; given=" + texts.size());
        }
        ExcludedDays.Builder days = new ExcludedDays.Builder();
        for (String text : texts) {
            add(text, days);
        }
        ExcludedDays all = days.build();
        if (all.dates() > Limits.EXCLUDED_DATES_MAX) {
            throw new ScheduleFormatException(
                    "at most " + Limits.EXCLUDED_DATES_MAX + " dates are left out; dates=" + all.dates());
        }
        int rows = all.everyYear() ? yearlyRows(all).size() : 0;
        if (rows > Limits.EXCLUDED_YEARLY_ROWS_MAX) {
            throw new ScheduleFormatException("at most " + Limits.EXCLUDED_YEARLY_ROWS_MAX
                    + " separate days or rows of days of every year are left out; rows=" + rows);
        }
        return all;
    }

    /** The days as texts that are read as the same: dates in their order, then days of every year. */
    public static List<String> format(ExcludedDays days) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < days.ranges(); i++) {
            String from = date(days.from(i));
            texts.add(days.from(i) == days.through(i) ? from : from + ".." + date(days.through(i)));
        }
        texts.addAll(yearlyRows(days));
        return texts;
    }

    private static List<String> yearlyRows(ExcludedDays days) {
        List<String> texts = new ArrayList<>();
        DayExclusion yearly = new DayExclusion(everyYear(days));
        long yearEnd = CivilDate.epochDay(LEAP_YEAR + 1, 1, 1);
        long day = yearly.excludedFrom(CivilDate.epochDay(LEAP_YEAR, 1, 1));
        while (day < yearEnd) {
            long end = Math.min(yearly.freeFrom(day), yearEnd);
            String from = date(day).substring(5);
            texts.add(day == end - 1 ? from : from + ".." + date(end - 1).substring(5));
            day = yearly.excludedFrom(end);
        }
        return texts;
    }

    private static ExcludedDays everyYear(ExcludedDays days) {
        ExcludedDays.Builder yearly = new ExcludedDays.Builder();
        for (int month = 1; month <= 12; month++) {
            for (int left = days.everyYear(month); left != 0; left &= left - 1) {
                yearly.everyYear(month, Integer.numberOfTrailingZeros(left));
            }
        }
        return yearly.build();
    }

    /** A date such as {@code 2026-12-25}. */
    static String date(long epochDay) {
        return InstantText.utc(epochDay * CivilDate.SECONDS_A_DAY * 1_000).substring(0, 10);
    }

    private static void add(String text, ExcludedDays.Builder days) {
        Matcher form = FORM.matcher(text.length() > TEXT_LENGTH_MAX ? "" : text);
        if (!form.matches()) {
            throw wrong("this is no day", text);
        }
        boolean ofEveryYear = form.group(1) == null;
        if (form.group(5) != null && ofEveryYear != (form.group(4) == null)) {
            throw wrong("both ends have a year or neither has", text);
        }
        try {
            LocalDate from = date(form, 1);
            LocalDate through = form.group(5) == null ? from : date(form, 4);
            if (ofEveryYear) {
                addEveryYear(from, through, days);
            } else if (through.isBefore(from)) {
                throw wrong("the days are in the wrong order", text);
            } else if (from.getYear() < 1970) {
                throw wrong("days lie in the years 1970 to 9999", text);
            } else {
                days.dates((int) from.toEpochDay(), (int) through.toEpochDay());
            }
        } catch (DateTimeException e) {
            throw wrong("there is no such date", text);
        }
    }

    private static void addEveryYear(LocalDate from, LocalDate through, ExcludedDays.Builder days) {
        int year = from.lengthOfYear();
        int count = Math.floorMod(through.getDayOfYear() - from.getDayOfYear(), year) + 1;
        for (int i = 0; i < count; i++) {
            LocalDate day = from.withDayOfYear((from.getDayOfYear() - 1 + i) % year + 1);
            days.everyYear(day.getMonthValue(), day.getDayOfMonth());
        }
    }

    private static LocalDate date(Matcher form, int group) {
        String year = form.group(group);
        return LocalDate.of(
                year == null ? LEAP_YEAR : Integer.parseInt(year),
                Integer.parseInt(form.group(group + 1)),
                Integer.parseInt(form.group(group + 2)));
    }

    private static ScheduleFormatException wrong(String what, String text) {
        return new ScheduleFormatException(what + "; " + SHAPE + "; except=" + excerpt(text));
    }
}
