package dev.kalends.cli.bench;

import dev.kalends.cli.output.JsonObject;
import dev.kalends.cli.output.Rendering;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/** The repetitions of a scenario as they are printed: medians, and how far the others lie from them. */
record ReportPage(List<Report> reports) {
    ReportPage {
        reports = List.copyOf(reports);
    }

    List<String> faults() {
        return reports.stream().flatMap(report -> report.faults().stream()).toList();
    }

    void print(Rendering to) {
        switch (to.format()) {
            case JSON, NDJSON -> to.out().line(json().toString());
            case AUTO, WIDE, NAME -> {
                if (to.forPeople()) {
                    table(to);
                } else {
                    Spread.of(reports).forEach(figure -> to.out().line(columns(figure)));
                }
                faults().forEach(fault -> to.out().line("FAULT\t" + fault));
            }
        }
    }

    private boolean repeated() {
        return reports.size() > 1;
    }

    private String columns(Spread figure) {
        String line = figure.name() + "\t" + Figure.text(figure.median()) + "\t" + figure.unit();
        return repeated() ? line + "\t" + Figure.text(figure.min()) + "\t" + Figure.text(figure.max()) : line;
    }

    private JsonObject json() {
        List<JsonObject> figures = Spread.of(reports).stream()
                .map(figure -> new JsonObject()
                        .text("name", figure.name())
                        .text("value", Figure.text(figure.median()))
                        .text("unit", figure.unit())
                        .text("min", Figure.text(figure.min()))
                        .text("max", Figure.text(figure.max())))
                .toList();
        return new JsonObject()
                .text("scenario", reports.getFirst().scenario())
                .number("repetitions", reports.size())
                .array("figures", figures)
                .array(
                        "faults",
                        faults().stream()
                                .map(fault -> new JsonObject().text("message", fault))
                                .toList());
    }

    private void table(Rendering to) {
        to.out().line(reports.getFirst().scenario());
        if (repeated()) {
            to.out().line("  median of " + reports.size() + " repetitions, and the least and the greatest");
        }
        for (Spread figure : Spread.of(reports)) {
            String line = String.format(
                    Locale.ROOT, "  %-30s %14s %-6s", figure.name(), Figure.text(figure.median()), figure.unit());
            String range = "  " + Figure.text(figure.min()) + " to " + Figure.text(figure.max());
            to.out().line((repeated() ? line + range : line).stripTrailing());
        }
        all().ifPresent(all -> {
            to.out().line();
            to.out().line(all.what());
            Chart.of(all.values()).forEach(bar -> to.out().line(bar));
        });
    }

    /** The values of all repetitions together. */
    private Optional<Report.Distribution> all() {
        List<Report.Distribution> each = new ArrayList<>();
        reports.forEach(report -> report.distribution().ifPresent(each::add));
        if (each.isEmpty()) {
            return Optional.empty();
        }
        Histogram sum = new Histogram(3);
        each.forEach(one -> sum.add(one.values()));
        return Optional.of(
                new Report.Distribution(each.getFirst().what(), each.getFirst().tag(), sum));
    }
}
