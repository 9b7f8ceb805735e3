package dev.kalends.schedule;

import dev.kalends.time.CivilDate;
import java.util.Collection;

/**
 * The local dates and times that a cron expression names, on a clock that never changes.
 *
 * <p>Seconds, minutes, hours and months are bit sets. A month's days depend only on its length and the weekday of its
 * first day, so the days are 28 bit sets computed once, whatever mixture of {@code L}, {@code W}, {@code #} and
 * AND/OR they come from. Local time is counted in seconds as if it were UTC.
 */
final class LocalPattern {
    private static final int YEAR_MAX = 9_999;
    private static final int MONTHS_AN_ERA = 4_800;
    private static final int ALL_HOURS = (1 << 24) - 1;

    final long seconds;
    final long minutes;
    final int hours;
    final int months;
    private final int[] daysByShape;
    private final int firstSecondOfDay;
    private final boolean neverMatches;

    /** The days of a month that either or both day fields choose. */
    record Days(Collection<DayRule> ofMonth, Collection<DayRule> ofWeek, Joined joined) {
        /** How the two day fields work together. */
        enum Joined {
            BOTH,
            EITHER
        }

        private int daysOf(int length, int firstWeekday) {
            int month = 0;
            for (DayRule rule : ofMonth) {
                month |= rule.daysOf(length, firstWeekday);
            }
            int week = 0;
            for (DayRule rule : ofWeek) {
                week |= rule.daysOf(length, firstWeekday);
            }
            return joined == Joined.BOTH ? month & week : month | week;
        }
    }

    LocalPattern(long seconds, long minutes, int hours, int months, Days days) {
        this.seconds = seconds;
        this.minutes = minutes;
        this.hours = hours;
        this.months = months;
        this.daysByShape = new int[4 * 7];
        for (int shape = 0; shape < daysByShape.length; shape++) {
            daysByShape[shape] = days.daysOf(28 + shape / 7, shape % 7);
        }
        this.firstSecondOfDay = secondOfDay(
                Integer.numberOfTrailingZeros(hours),
                Long.numberOfTrailingZeros(minutes),
                Long.numberOfTrailingZeros(seconds));
        this.neverMatches = !matchesSomeDay();
    }

    /** Whether no date can match, such as 30 February. */
    boolean neverMatches() {
        return neverMatches;
    }

    /** Whether every hour of the day matches. */
    boolean everyHour() {
        return hours == ALL_HOURS;
    }

    /** The first match that is not before a local time, or {@link FireTimes#NEVER} if none comes before year 10000. */
    long nextAtOrAfter(long localSec) {
        if (neverMatches) {
            return FireTimes.NEVER;
        }
        long day = Math.floorDiv(localSec, (long) CivilDate.SECONDS_A_DAY);
        long matched = nextDay(day);
        if (matched == day) {
            int second = nextSecondOfDay((int) (localSec - day * CivilDate.SECONDS_A_DAY));
            if (second >= 0) {
                return day * CivilDate.SECONDS_A_DAY + second;
            }
            matched = nextDay(day + 1);
        }
        return matched == FireTimes.NEVER ? matched : matched * CivilDate.SECONDS_A_DAY + firstSecondOfDay;
    }

    /** How many matches lie at or after the first local time and before the second. */
    long countIn(long fromSec, long untilSec) {
        if (neverMatches || fromSec >= untilSec) {
            return 0;
        }
        long fromDay = Math.floorDiv(fromSec, (long) CivilDate.SECONDS_A_DAY);
        long untilDay = Math.floorDiv(untilSec, (long) CivilDate.SECONDS_A_DAY);
        long beforeUntil =
                matchesDay(untilDay) ? countBefore((int) (untilSec - untilDay * CivilDate.SECONDS_A_DAY)) : 0;
        long beforeFrom = matchesDay(fromDay) ? countBefore((int) (fromSec - fromDay * CivilDate.SECONDS_A_DAY)) : 0;
        return countDays(fromDay, untilDay) * countBefore(CivilDate.SECONDS_A_DAY) + beforeUntil - beforeFrom;
    }

    /** The first matching day that is not before a day, both as days since 1970-01-01. */
    private long nextDay(long epochDay) {
        int date = CivilDate.ofEpochDay(epochDay);
        int year = CivilDate.year(date);
        int month = CivilDate.month(date);
        long monthStart = epochDay - CivilDate.day(date) + 1;
        int stillToCome = -1 << CivilDate.day(date);
        while (year <= YEAR_MAX) {
            int length = CivilDate.lengthOfMonth(year, month);
            int days = daysOfMonth(month, length, monthStart) & stillToCome;
            if (days != 0) {
                return monthStart + Integer.numberOfTrailingZeros(days) - 1;
            }
            stillToCome = -1;
            monthStart += length;
            month++;
            if (month > 12) {
                month = 1;
                year++;
            }
        }
        return FireTimes.NEVER;
    }

    private boolean matchesDay(long epochDay) {
        int date = CivilDate.ofEpochDay(epochDay);
        int length = CivilDate.lengthOfMonth(CivilDate.year(date), CivilDate.month(date));
        int days = daysOfMonth(CivilDate.month(date), length, epochDay - CivilDate.day(date) + 1);
        return (days >>> CivilDate.day(date) & 1) != 0;
    }

    private long countDays(long fromDay, long untilDay) {
        long count = 0;
        long day = fromDay;
        while (day < untilDay) {
            int date = CivilDate.ofEpochDay(day);
            int length = CivilDate.lengthOfMonth(CivilDate.year(date), CivilDate.month(date));
            long monthStart = day - CivilDate.day(date) + 1;
            int days = daysOfMonth(CivilDate.month(date), length, monthStart) & -1 << CivilDate.day(date);
            long nextMonth = monthStart + length;
            if (nextMonth > untilDay) {
                days &= (1 << (untilDay - monthStart + 1)) - 1;
            }
            count += Integer.bitCount(days);
            day = nextMonth;
        }
        return count;
    }

    private int daysOfMonth(int month, int length, long monthStart) {
        return (months >>> month & 1) == 0 ? 0 : daysByShape[(length - 28) * 7 + CivilDate.dayOfWeek(monthStart)];
    }

    /** The first matching second of the day that is not before one, or -1. */
    private int nextSecondOfDay(int from) {
        int hour = from / 3_600;
        int minute = from / 60 % 60;
        if ((hours >>> hour & 1) != 0) {
            if ((minutes >>> minute & 1) != 0) {
                long secondsLeft = seconds & -1L << from % 60;
                if (secondsLeft != 0) {
                    return secondOfDay(hour, minute, Long.numberOfTrailingZeros(secondsLeft));
                }
            }
            long minutesLeft = minutes & -1L << (minute + 1);
            if (minutesLeft != 0) {
                return secondOfDay(hour, Long.numberOfTrailingZeros(minutesLeft), Long.numberOfTrailingZeros(seconds));
            }
        }
        int hoursLeft = hours & -1 << (hour + 1);
        return hoursLeft == 0
                ? -1
                : secondOfDay(
                        Integer.numberOfTrailingZeros(hoursLeft),
                        Long.numberOfTrailingZeros(minutes),
                        Long.numberOfTrailingZeros(seconds));
    }

    /** How many matching seconds a matching day has before one of its seconds. */
    private long countBefore(int secondOfDay) {
        int hour = secondOfDay / 3_600;
        int minute = secondOfDay / 60 % 60;
        long anHour = (long) Long.bitCount(minutes) * Long.bitCount(seconds);
        long count = Integer.bitCount(hours & (1 << hour) - 1) * anHour;
        if ((hours >>> hour & 1) != 0) {
            count += (long) Long.bitCount(minutes & (1L << minute) - 1) * Long.bitCount(seconds);
            if ((minutes >>> minute & 1) != 0) {
                count += Long.bitCount(seconds & (1L << secondOfDay % 60) - 1);
            }
        }
        return count;
    }

    /** Every length and first weekday that a month can have comes within 400 years. */
    private boolean matchesSomeDay() {
        long monthStart = CivilDate.epochDay(2000, 1, 1);
        for (int i = 0; i < MONTHS_AN_ERA; i++) {
            int month = i % 12 + 1;
            int length = CivilDate.lengthOfMonth(2000 + i / 12, month);
            if (daysOfMonth(month, length, monthStart) != 0) {
                return true;
            }
            monthStart += length;
        }
        return false;
    }

    private static int secondOfDay(int hour, int minute, int second) {
        return hour * 3_600 + minute * 60 + second;
    }
}
