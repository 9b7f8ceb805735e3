package dev.kalends.job;

import java.util.Arrays;

/**
 * Days on which a schedule does not fire: dates, as sorted ranges of days since 1970-01-01 that neither touch nor
 * overlap, and days of every year, as one set of bits for each month.
 *
 * <p>Immutable. The hash is computed once: a schedule is a key of the partition's cache.
 */
public final class ExcludedDays {
    public static final ExcludedDays NONE = new Builder().build();

    private static final int MONTHS = 12;
    /** 29 February is a day of every year that has one. */
    private static final int[] MONTH_DAYS = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    private final int[] fromThrough;
    private final int[] yearly;
    private final int hash;

    private ExcludedDays(int[] fromThrough, int[] yearly) {
        this.fromThrough = fromThrough;
        this.yearly = yearly;
        this.hash = 31 * Arrays.hashCode(fromThrough) + Arrays.hashCode(yearly);
    }

    /** Collects days in any order. */
    public static final class Builder {
        private final int[] yearly = new int[MONTHS];
        private long[] ranges = new long[8];
        private int count;

        /**
         * Adds dates, the last included.
         *
         * @throws IllegalArgumentException if they are in the wrong order or not in the years 1970 to 9999
         */
        public Builder dates(int fromEpochDay, int throughEpochDay) {
            if (fromEpochDay < 0
                    || throughEpochDay < fromEpochDay
                    || throughEpochDay > RunId.NOMINAL_MAX_MS / 86_400_000L) {
                throw new IllegalArgumentException(
                        "no such dates; fromEpochDay=" + fromEpochDay + " throughEpochDay=" + throughEpochDay);
            }
            if (count == ranges.length) {
                ranges = Arrays.copyOf(ranges, 2 * count);
            }
            ranges[count++] = (long) fromEpochDay << 32 | throughEpochDay;
            return this;
        }

        /**
         * Adds a day of every year.
         *
         * @throws IllegalArgumentException if no year has it
         */
        public Builder everyYear(int month, int day) {
            if (month < 1 || month > MONTHS || day < 1 || day > MONTH_DAYS[month - 1]) {
                throw new IllegalArgumentException("no year has this day; month=" + month + " day=" + day);
            }
            yearly[month - 1] |= 1 << day;
            return this;
        }

        /** The days, with ranges that touch or overlap made one. */
        public ExcludedDays build() {
            long[] sorted = Arrays.copyOf(ranges, count);
            Arrays.sort(sorted);
            int[] merged = new int[2 * count];
            int size = 0;
            for (long range : sorted) {
                int from = (int) (range >> 32);
                int through = (int) range;
                if (size > 0 && from <= merged[size - 1] + 1) {
                    merged[size - 1] = Math.max(merged[size - 1], through);
                } else {
                    merged[size++] = from;
                    merged[size++] = through;
                }
            }
            return new ExcludedDays(Arrays.copyOf(merged, size), yearly.clone());
        }
    }

    public boolean isEmpty() {
        return fromThrough.length == 0 && !everyYear();
    }

    /** How many ranges of dates there are. */
    public int ranges() {
        return fromThrough.length / 2;
    }

    /** The first day of a range, numbered from 0, since 1970-01-01. */
    public int from(int range) {
        return fromThrough[2 * range];
    }

    /** The last day of a range, since 1970-01-01. */
    public int through(int range) {
        return fromThrough[2 * range + 1];
    }

    /** The number of the first range that ends on a day or later; {@link #ranges} if there is none. */
    public int rangeEndingFrom(long epochDay) {
        int low = 0;
        int high = ranges();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (through(middle) < epochDay) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** How many dates the ranges hold. */
    public int dates() {
        int dates = 0;
        for (int i = 0; i < ranges(); i++) {
            dates += through(i) - from(i) + 1;
        }
        return dates;
    }

    /** Whether there are days of every year. */
    public boolean everyYear() {
        return Arrays.stream(yearly).anyMatch(days -> days != 0);
    }

    /** The days of every year in a month, 1 to 12: bit 1 is the first of the month. */
    public int everyYear(int month) {
        return yearly[month - 1];
    }

    /** How many days of every year there are, 0 to 366. */
    public int daysAYear() {
        return Arrays.stream(yearly).map(Integer::bitCount).sum();
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof ExcludedDays that
                        && hash == that.hash
                        && Arrays.equals(fromThrough, that.fromThrough)
                        && Arrays.equals(yearly, that.yearly));
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return "ExcludedDays[ranges=" + ranges() + " dates=" + dates() + " daysAYear=" + daysAYear() + "]";
    }
}
