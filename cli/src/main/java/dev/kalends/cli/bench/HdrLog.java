package dev.kalends.cli.bench;

import java.io.FileNotFoundException;
import java.nio.file.Path;
import java.util.List;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/** The log of HdrHistogram: a line a repetition with every value of it, for HdrHistogram's own tools. */
final class HdrLog {
    private HdrLog() {}

    static void write(Path file, List<Report> reports) throws FileNotFoundException {
        HistogramLogWriter log = new HistogramLogWriter(file.toFile());
        try {
            log.outputComment("[" + reports.getFirst().scenario() + "]");
            log.outputLogFormatVersion();
            log.outputLegend();
            for (Report report : reports) {
                report.distribution().ifPresent(values -> log.outputIntervalHistogram(tagged(values)));
            }
        } finally {
            log.close();
        }
    }

    private static EncodableHistogram tagged(Report.Distribution distribution) {
        Histogram values = distribution.values();
        values.setTag(distribution.tag());
        return values;
    }
}
