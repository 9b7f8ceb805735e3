package dev.kalends.schedule;

import java.util.Locale;

/** The fields of a cron expression: what each is called, how far it goes and what may stand in it. */
enum CronField {
    SECOND("second", 0, 59, "0-59, a range 0-29, a step */10, a list 0,30 or H", ""),
    MINUTE("minute", 0, 59, "0-59, a range 0-29, a step */15, a list 0,30 or H", ""),
    HOUR("hour", 0, 23, "0-23, a range 9-17, a step */2, a list 8,20 or H", ""),
    DAY_OF_MONTH("day of month", 1, 31, "1-31, a range, step or list, ?, H, L, L-3, LW or 15W", ""),
    MONTH(
            "month",
            1,
            12,
            "1-12 or jan-dec, a range, step or list, or H",
            "jan feb mar apr may jun jul aug sep oct nov dec"),
    DAY_OF_WEEK(
            "day of week",
            0,
            6,
            "0-7 (0 and 7 are Sunday) or sun-sat, a range, step or list, ?, H, friL or mon#2",
            "sun mon tue wed thu fri sat");

    /** {@code H} takes a day that every month has. */
    private static final int DAYS_IN_EVERY_MONTH = 28;

    private static final int NAME_LENGTH = 3;

    final String label;
    final int min;
    final int max;
    final String rightForms;
    private final String names;

    CronField(String label, int min, int max, String rightForms, String names) {
        this.label = label;
        this.min = min;
        this.max = max;
        this.rightForms = rightForms;
        this.names = names;
    }

    /** How many values it has. */
    int size() {
        return max - min + 1;
    }

    /** The values a bare {@code H} chooses among, from {@link #min} on. */
    int hashedSize() {
        return this == DAY_OF_MONTH ? DAYS_IN_EVERY_MONTH : size();
    }

    /** The highest number that may be written: 7 is Sunday too. */
    int highestWritten() {
        return this == DAY_OF_WEEK ? 7 : max;
    }

    /** The value of a three-letter name, in any case, or -1. */
    int valueOfName(String name) {
        int at = name.length() == NAME_LENGTH ? names.indexOf(name.toLowerCase(Locale.ROOT)) : -1;
        return at < 0 || at % (NAME_LENGTH + 1) != 0 ? -1 : min + at / (NAME_LENGTH + 1);
    }

    boolean isDay() {
        return this == DAY_OF_MONTH || this == DAY_OF_WEEK;
    }
}
