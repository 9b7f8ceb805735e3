package dev.kalends.cli.bench;

import dev.kalends.cli.output.JsonObject;
import dev.kalends.cli.output.Rendering;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/**
 * A scenario's result.
 *
 * @param scenario what was measured, in words
 * @param figures in the order in which they are shown
 * @param histogram what is drawn on a terminal
 * @param faults what makes the figures worthless; empty when they stand
 */
record Report(String scenario, List<Figure> figures, Optional<Histogram> histogram, List<String> faults) {
    private static final int BAR_WIDTH = 50;

    /** One number with its unit. */
    record Figure(String name, double value, String unit) {}

    boolean sound() {
        return faults.isEmpty();
    }

    void print(Rendering to) {
        switch (to.format()) {
            case JSON, NDJSON -> to.out().line(json().toString());
            case AUTO, WIDE, NAME -> {
                if (to.forPeople()) {
                    table(to);
                } else {
                    figures.forEach(figure ->
                            to.out().line(figure.name() + "\t" + number(figure.value()) + "\t" + figure.unit()));
                }
            }
        }
        faults.forEach(fault -> to.out().line("FAULT\t" + fault));
    }

    private JsonObject json() {
        JsonObject json = new JsonObject().text("scenario", scenario);
        json.array(
                "figures",
                figures.stream()
                        .map(figure -> new JsonObject()
                                .text("name", figure.name())
                                .text("value", number(figure.value()))
                                .text("unit", figure.unit()))
                        .toList());
        return json;
    }

    private void table(Rendering to) {
        to.out().line(scenario);
        for (Figure figure : figures) {
            to.out()
                    .line(String.format(
                            Locale.ROOT, "  %-28s %14s %s", figure.name(), number(figure.value()), figure.unit()));
        }
        histogram.ifPresent(values -> draw(to, values));
    }

    /** Bars over buckets that double in width. */
    private static void draw(Rendering to, Histogram values) {
        to.out().line();
        long total = Math.max(1, values.getTotalCount());
        for (long from = 0, until = 1; from <= values.getMaxValue(); from = until, until *= 2) {
            long count = values.getCountBetweenValues(from, until - 1);
            int width = (int) Math.ceil((double) count * BAR_WIDTH / total);
            to.out()
                    .line(String.format(
                            Locale.ROOT,
                            "  %8s %10d  %s",
                            until == 1 ? "0" : from + "-" + (until - 1),
                            count,
                            "#".repeat(width)));
        }
    }

    static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : String.format(Locale.ROOT, "%.2f", value);
    }
}
