package dev.kalends.cli.bench;

import java.util.Locale;

/** One number of a report with its name and unit. */
record Figure(String name, double value, String unit) {
    /** A number as it is shown: whole, or with two places. */
    static String text(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : String.format(Locale.ROOT, "%.2f", value);
    }
}
