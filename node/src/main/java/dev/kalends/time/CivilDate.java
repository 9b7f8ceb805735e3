package dev.kalends.time;

/**
 * The proleptic Gregorian calendar on plain numbers, for the loops that must not allocate.
 *
 * <p>The method is the usual one of counting days in 400-year eras of years that begin in March, so that the leap day
 * comes last (H. Hinnant, "chrono-Compatible Low-Level Date Algorithms").
 */
public final class CivilDate {
    public static final int SECONDS_A_DAY = 86_400;

    /** The calendar and the weekdays repeat after this many days: 400 years. */
    public static final int DAYS_AN_ERA = 146_097;

    private static final int DAYS_FROM_MARCH_0000_TO_EPOCH = 719_468;
    private static final int EPOCH_DAY_OF_WEEK = 4;

    private CivilDate() {}

    /** Year, month and day of a day since 1970-01-01 in one number: see {@link #year}, {@link #month}, {@link #day}. */
    public static int ofEpochDay(long epochDay) {
        long marchDay = epochDay + DAYS_FROM_MARCH_0000_TO_EPOCH;
        long era = Math.floorDiv(marchDay, DAYS_AN_ERA);
        int dayOfEra = (int) (marchDay - era * DAYS_AN_ERA);
        int yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int monthFromMarch = (5 * dayOfYear + 2) / 153;
        int day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1;
        int month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
        int year = (int) (era * 400) + yearOfEra + (month <= 2 ? 1 : 0);
        return year << 9 | month << 5 | day;
    }

    /** The days from 1970-01-01 to a date. */
    public static long epochDay(int year, int month, int day) {
        int marchYear = month <= 2 ? year - 1 : year;
        int monthFromMarch = month > 2 ? month - 3 : month + 9;
        long era = Math.floorDiv(marchYear, 400);
        int yearOfEra = (int) (marchYear - era * 400);
        int dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1;
        int dayOfEra = 365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * DAYS_AN_ERA + dayOfEra - DAYS_FROM_MARCH_0000_TO_EPOCH;
    }

    /** Milliseconds since 1970-01-01 in UTC; -1 before that, and for what is no date or time of day. */
    public static long epochMs(int year, int month, int day, int hour, int minute, int second) {
        boolean real = year >= 1970
                && month >= 1
                && month <= 12
                && day >= 1
                && day <= lengthOfMonth(year, month)
                && hour >= 0
                && hour < 24
                && minute >= 0
                && minute < 60
                && second >= 0
                && second < 60;
        return real ? (epochDay(year, month, day) * SECONDS_A_DAY + hour * 3_600L + minute * 60L + second) * 1_000 : -1;
    }

    public static int year(int date) {
        return date >> 9;
    }

    public static int month(int date) {
        return date >> 5 & 15;
    }

    public static int day(int date) {
        return date & 31;
    }

    /** The days of a month, 28 to 31. */
    public static int lengthOfMonth(int year, int month) {
        if (month == 2) {
            boolean leap = (year & 3) == 0 && (year % 100 != 0 || year % 400 == 0);
            return leap ? 29 : 28;
        }
        return 30 + ((month + (month >> 3)) & 1);
    }

    /** The weekday of a day since 1970-01-01, Sunday 0 to Saturday 6. */
    public static int dayOfWeek(long epochDay) {
        return (int) Math.floorMod(epochDay + EPOCH_DAY_OF_WEEK, 7L);
    }

    /** Appends a number with zeros in front up to a width; a negative one, as of an instant out of range, as it is. */
    public static StringBuilder digits(StringBuilder text, int value, int width) {
        if (value < 0) {
            return text.append(value);
        }
        int divisor = 1;
        for (int i = 1; i < width || value / divisor > 9; i++) {
            divisor *= 10;
        }
        for (; divisor > 0; divisor /= 10) {
            text.append((char) ('0' + value / divisor % 10));
        }
        return text;
    }
}
