package dev.kalends.cli.crontab;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * Cron expressions as every cron reads them: five fields of numbers, names, rising ranges and steps. What Kalends adds
 * is written out where that can be done ({@code 22-5} as two ranges, {@code 5/20} as {@code 5-59/20}); {@code H},
 * {@code L}, {@code W} and {@code #} cannot.
 */
final class PortableCron {
    private static final int[] MIN = {0, 0, 1, 1, 0};
    private static final int[] MAX = {59, 23, 31, 12, 6};
    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
    private static final List<String> DAYS = List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat");
    private static final int FIELDS = 5;
    private static final int MONTH = 3;
    private static final int DAY_OF_WEEK = 4;

    private PortableCron() {}

    /** The same expression; empty when a crontab cannot say it. */
    static Optional<String> of(String expression) {
        List<String> fields = new ArrayList<>(List.of(expression.strip().split("[ \t]+")));
        if (fields.size() == 1 && fields.getFirst().startsWith("@")) {
            return Optional.of(fields.getFirst().toLowerCase(Locale.ROOT));
        }
        if (fields.size() == FIELDS + 1 && fields.getFirst().equals("0")) {
            fields.removeFirst();
        }
        if (fields.size() != FIELDS) {
            return Optional.empty();
        }
        StringJoiner text = new StringJoiner(" ");
        for (int i = 0; i < FIELDS; i++) {
            Optional<String> field = field(fields.get(i), i);
            if (field.isEmpty()) {
                return Optional.empty();
            }
            text.add(field.get());
        }
        return Optional.of(text.toString());
    }

    private static Optional<String> field(String field, int place) {
        if (field.equals("?")) {
            return Optional.of("*");
        }
        StringJoiner items = new StringJoiner(",");
        for (String item : field.split(",", -1)) {
            Optional<String> portable = item(item, place);
            if (portable.isEmpty()) {
                return Optional.empty();
            }
            items.add(portable.get());
        }
        return Optional.of(items.toString());
    }

    private static Optional<String> item(String item, int place) {
        int slash = item.indexOf('/');
        String base = slash < 0 ? item : item.substring(0, slash);
        String step = slash < 0 ? "" : item.substring(slash);
        if (base.equals("*")) {
            return Optional.of(item);
        }
        int dash = base.indexOf('-');
        int from = value(dash < 0 ? base : base.substring(0, dash), place);
        int to = dash < 0 ? (slash < 0 ? from : Math.max(from, MAX[place])) : value(base.substring(dash + 1), place);
        if (from < 0 || to < 0) {
            return Optional.empty();
        }
        if (dash < 0 && slash < 0) {
            return Optional.of(item);
        }
        if (from <= to) {
            return Optional.of(dash < 0 ? from + "-" + to + step : item);
        }
        return Optional.of(wrapped(from, to, step.isEmpty() ? 1 : Integer.parseInt(step.substring(1)), place));
    }

    /** A range over the end of the field, value by value: a step goes on counting there. */
    private static String wrapped(int from, int to, int step, int place) {
        int size = MAX[place] - MIN[place] + 1;
        StringJoiner values = new StringJoiner(",");
        for (int i = 0; i <= Math.floorMod(to - from, size); i += step) {
            values.add(Integer.toString(MIN[place] + (from - MIN[place] + i) % size));
        }
        return values.toString();
    }

    /** The number of a value or a name, or -1. */
    private static int value(String text, int place) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (place == MONTH && MONTHS.contains(lower)) {
            return MONTHS.indexOf(lower) + 1;
        }
        if (place == DAY_OF_WEEK && DAYS.contains(lower)) {
            return DAYS.indexOf(lower);
        }
        boolean digits = !text.isEmpty() && text.length() <= 2 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits ? Integer.parseInt(text) : -1;
    }
}
