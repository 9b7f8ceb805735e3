package dev.kalends.cli.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/** A histogram drawn with bars, over buckets that double in width. */
final class Chart {
    private static final int BAR_WIDTH = 50;

    private Chart() {}

    static List<String> of(Histogram values) {
        List<String> bars = new ArrayList<>();
        long total = Math.max(1, values.getTotalCount());
        for (long from = 0, until = 1; from <= values.getMaxValue(); from = until, until *= 2) {
            long count = values.getCountBetweenValues(from, until - 1);
            if (count == 0 && bars.isEmpty()) {
                continue;
            }
            int width = (int) Math.ceil((double) count * BAR_WIDTH / total);
            String bucket = from + 1 >= until ? Long.toString(from) : from + "-" + (until - 1);
            bars.add(String.format(Locale.ROOT, "  %13s %10d  %s", bucket, count, "#".repeat(width))
                    .stripTrailing());
        }
        return bars;
    }
}
