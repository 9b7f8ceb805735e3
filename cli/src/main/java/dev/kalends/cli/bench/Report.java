package dev.kalends.cli.bench;

import java.util.List;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/**
 * What one repetition of a scenario found.
 *
 * @param scenario what was measured, in words
 * @param figures in the order in which they are shown
 * @param distribution what is drawn on a terminal and logged
 * @param faults what makes the figures worthless; empty when they stand
 */
record Report(String scenario, List<Figure> figures, Optional<Distribution> distribution, List<String> faults) {
    Report {
        figures = List.copyOf(figures);
        faults = List.copyOf(faults);
    }

    /**
     * Every single value of what a scenario measures.
     *
     * @param what in words, with the unit
     * @param tag short, for a log
     */
    record Distribution(String what, String tag, Histogram values) {}
}
