package dev.kalends.schedule;

/** One way in which a day field chooses days of a month: its answer depends on the month's length and first weekday. */
sealed interface DayRule {
    /**
     * The days chosen, as bits 1 to 31.
     *
     * @param length the month's days, 28 to 31
     * @param firstWeekday the weekday of its first day, Sunday 0 to Saturday 6
     */
    int daysOf(int length, int firstWeekday);

    /** These days of the month, bits 1 to 31. */
    record DaysOfMonth(int days) implements DayRule {
        @Override
        public int daysOf(int length, int firstWeekday) {
            return days & bitsUpTo(length);
        }
    }

    /** These weekdays, bits 0 (Sunday) to 6. */
    record Weekdays(int weekdays) implements DayRule {
        @Override
        public int daysOf(int length, int firstWeekday) {
            int days = 0;
            for (int day = 1; day <= length; day++) {
                days |= (weekdays >> weekdayOf(day, firstWeekday) & 1) << day;
            }
            return days;
        }
    }

    /** {@code L} or {@code L-3}: so many days before the last one; no day in a month that is too short. */
    record BeforeLastDay(int daysBefore) implements DayRule {
        @Override
        public int daysOf(int length, int firstWeekday) {
            return daysBefore < length ? 1 << (length - daysBefore) : 0;
        }
    }

    /** {@code 15W}: the Monday to Friday nearest to a day, in the same month; no day where the month is too short. */
    record NearestWorkday(int day) implements DayRule {
        @Override
        public int daysOf(int length, int firstWeekday) {
            return day > length ? 0 : 1 << nearestWorkday(day, length, firstWeekday);
        }
    }

    /** {@code LW}: the last Monday to Friday. */
    record LastWorkday() implements DayRule {
        @Override
        public int daysOf(int length, int firstWeekday) {
            return 1 << nearestWorkday(length, length, firstWeekday);
        }
    }

    /** {@code friL}: the last such weekday. */
    record LastWeekday(int weekday) implements DayRule {
        @Override
        public int daysOf(int length, int firstWeekday) {
            int back = Math.floorMod(weekdayOf(length, firstWeekday) - weekday, 7);
            return 1 << (length - back);
        }
    }

    /** {@code mon#2}: the second Monday; no day in a month that has no fifth one. */
    record NthWeekday(int weekday, int nth) implements DayRule {
        @Override
        public int daysOf(int length, int firstWeekday) {
            int day = 1 + Math.floorMod(weekday - firstWeekday, 7) + 7 * (nth - 1);
            return day <= length ? 1 << day : 0;
        }
    }

    private static int nearestWorkday(int day, int length, int firstWeekday) {
        return switch (weekdayOf(day, firstWeekday)) {
            case 6 -> day == 1 ? 3 : day - 1;
            case 0 -> day == length ? day - 2 : day + 1;
            default -> day;
        };
    }

    private static int weekdayOf(int day, int firstWeekday) {
        return (firstWeekday + day - 1) % 7;
    }

    private static int bitsUpTo(int length) {
        return -1 >>> (31 - length) & ~1;
    }
}
