package dev.kalends.peers;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** The results as a table for people: medians, a row for each contestant. */
final class Table {
    private static final int WIDE = 1_000;

    private Table() {}

    static List<String> lines(Options options, Map<Contestant, Results> results) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(
                "",
                "synced before",
                "one submit",
                "bulk",
                "herd of " + options.jobs(),
                "skew at " + options.rate() + "/s",
                "early",
                "a waiting job",
                "after kill -9"));
        rows.add(List.of(
                "", "the answer", "p50 / p99 ms", "jobs/s", "jobs/s", "p50 / p99 / p99.9 ms", "%", "bytes", "s"));
        results.forEach((contestant, found) -> rows.add(List.of(
                contestant.title(),
                contestant.durable(),
                joined(found, Measure.SUBMIT_P50, Measure.SUBMIT_P99),
                joined(found, Measure.BULK),
                joined(found, Measure.HERD),
                skew(found),
                joined(found, Measure.STEADY_EARLY),
                bytes(found),
                joined(found, Measure.RESTART))));
        return aligned(rows);
    }

    private static String skew(Results found) {
        boolean fell = found.remarks().stream().anyMatch(remark -> remark.startsWith("steady: not held"));
        return fell ? "cannot hold it" : joined(found, Measure.SKEW_P50, Measure.SKEW_P99, Measure.SKEW_P999);
    }

    private static String bytes(Results found) {
        String disk = joined(found, Measure.DISK);
        String memory = joined(found, Measure.MEMORY);
        return memory.equals("-") ? disk : disk.equals("-") ? memory + " heap" : disk + " + " + memory + " RAM";
    }

    private static String joined(Results found, Measure... measures) {
        List<String> texts = new ArrayList<>();
        for (Measure measure : measures) {
            OptionalDouble median = found.median(measure);
            if (median.isEmpty()) {
                return "-";
            }
            texts.add(text(median.getAsDouble()));
        }
        return String.join(" / ", texts);
    }

    /** Two significant places, or whole numbers; thousands are set apart. */
    static String text(double value) {
        double size = Math.abs(value);
        if (size >= WIDE) {
            return String.format(Locale.ROOT, "%,d", Math.round(value));
        }
        int places = size >= 100 || value == Math.rint(value) ? 0 : size >= 1 ? 1 : size >= 0.01 ? 2 : 3;
        return String.format(Locale.ROOT, "%." + places + "f", value);
    }

    private static List<String> aligned(List<List<String>> rows) {
        int columns = rows.getFirst().size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                String pad = " ".repeat(widths[i] - row.get(i).length());
                line.append(i == 0 ? "" : "  ").append(i < 2 ? row.get(i) + pad : pad + row.get(i));
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }
}
