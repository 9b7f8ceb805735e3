package dev.kalends.cli.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One figure of several repetitions.
 *
 * @param median the middle one, or the mean of the two in the middle
 */
record Spread(String name, String unit, double median, double min, double max) {
    /** The figures of some reports of one scenario, by name, in the order of the first. */
    static List<Spread> of(List<Report> reports) {
        List<Spread> spreads = new ArrayList<>();
        for (Figure figure : reports.getFirst().figures()) {
            double[] values = reports.stream()
                    .flatMap(report -> report.figures().stream())
                    .filter(other -> other.name().equals(figure.name()))
                    .mapToDouble(Figure::value)
                    .sorted()
                    .toArray();
            spreads.add(new Spread(figure.name(), figure.unit(), median(values), values[0], values[values.length - 1]));
        }
        return spreads;
    }

    private static double median(double[] sorted) {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1
                ? sorted[middle]
                : Arrays.stream(sorted, middle - 1, middle + 1).sum() / 2;
    }
}
