package dev.kalends.schedule;

import dev.kalends.job.ExcludedDays;
import dev.kalends.time.CivilDate;

/** Excluded days on the calendar: which day since 1970-01-01 is one, and where a row of them ends. */
final class DayExclusion {
    static final DayExclusion NONE = new DayExclusion(ExcludedDays.NONE);

    private static final int DAYS_OF_EVERY_YEAR = 366;
    /** From a leap year to the next it is eight years at most, as from 2096 to 2104. */
    private static final int MONTHS_AHEAD_MAX = 8 * 12 + 1;

    private final ExcludedDays days;
    private final boolean yearly;

    DayExclusion(ExcludedDays days) {
        this.days = days;
        this.yearly = days.everyYear();
    }

    /** Which days of a month are looked for. */
    private enum Wanted {
        EXCLUDED,
        FREE
    }

    boolean excludes(long epochDay) {
        int range = days.rangeEndingFrom(epochDay);
        return (range < days.ranges() && days.from(range) <= epochDay)
                || (yearly && ofYear(epochDay, Wanted.FREE) > epochDay);
    }

    /** The first day from a day on that is not excluded, that day itself perhaps; {@link FireTimes#NEVER} if none. */
    long freeFrom(long epochDay) {
        if (days.daysAYear() == DAYS_OF_EVERY_YEAR) {
            return FireTimes.NEVER;
        }
        long day = epochDay;
        while (true) {
            long free = yearly ? ofYear(day, Wanted.FREE) : day;
            int range = days.rangeEndingFrom(free);
            if (range < days.ranges() && days.from(range) <= free) {
                free = days.through(range) + 1L;
            }
            if (free == day) {
                return day;
            }
            day = free;
        }
    }

    /** The first excluded day from a day on, that day itself perhaps; {@link FireTimes#NEVER} if none. */
    long excludedFrom(long epochDay) {
        int range = days.rangeEndingFrom(epochDay);
        long dated = range < days.ranges() ? Math.max(epochDay, days.from(range)) : FireTimes.NEVER;
        return yearly ? Math.min(dated, ofYear(epochDay, Wanted.EXCLUDED)) : dated;
    }

    /** The day after the last date that is excluded by itself; later only days of every year are. */
    long datesEnd() {
        return days.ranges() == 0 ? 0 : days.through(days.ranges() - 1) + 1L;
    }

    /** The first day from a day on that is one of those of every year, or is none of them. */
    private long ofYear(long epochDay, Wanted wanted) {
        int date = CivilDate.ofEpochDay(epochDay);
        int year = CivilDate.year(date);
        int month = CivilDate.month(date);
        long monthStart = epochDay - CivilDate.day(date) + 1;
        int stillToCome = -1 << CivilDate.day(date);
        for (int i = 0; i < MONTHS_AHEAD_MAX; i++) {
            int length = CivilDate.lengthOfMonth(year, month);
            int excluded = days.everyYear(month);
            int ofMonth = (int) ((1L << (length + 1)) - 2);
            int found = (wanted == Wanted.EXCLUDED ? excluded : ~excluded) & ofMonth & stillToCome;
            if (found != 0) {
                return monthStart + Integer.numberOfTrailingZeros(found) - 1;
            }
            stillToCome = -1;
            monthStart += length;
            year += month == 12 ? 1 : 0;
            month = month == 12 ? 1 : month + 1;
        }
        return FireTimes.NEVER;
    }
}
