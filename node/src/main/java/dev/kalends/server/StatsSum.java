package dev.kalends.server;

import dev.kalends.api.MinutesView;
import dev.kalends.api.PeerFigures;
import dev.kalends.api.StatsView;
import dev.kalends.runtime.Meters.Counter;
import dev.kalends.runtime.Meters.Stage;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/**
 * What was measured over a window, in a form that adds up over nodes: counts are summed and histograms merged, never
 * percentiles averaged.
 *
 * @param spanMs length of the window; over nodes with windows of different lengths the longest
 * @param inWindow counts in it
 * @param perSec the same a second; over nodes, each by the length of its own window
 * @param totals counts since the node started
 * @param skew fire skew in it, by stage
 */
record StatsSum(
        long spanMs,
        Map<Counter, Long> inWindow,
        Map<Counter, Double> perSec,
        Map<Counter, Long> totals,
        Map<Stage, Histogram> skew) {
    private static final int DIGITS = 2;
    /** A histogram of two digits over all longs takes less. */
    private static final int HISTOGRAM_BYTES_MAX = 256 * 1024;

    /** With another node's figures added. What this build does not know of them is left out. */
    StatsSum plus(PeerFigures other) {
        Map<Counter, Long> counts = new EnumMap<>(inWindow);
        Map<Counter, Double> rates = new EnumMap<>(perSec);
        Map<Counter, Long> sums = new EnumMap<>(totals);
        for (Counter counter : Counter.values()) {
            long count = other.inWindow().getOrDefault(word(counter), 0L);
            counts.merge(counter, count, Long::sum);
            rates.merge(counter, perSec(count, other.windowMs()), Double::sum);
            sums.merge(counter, other.totals().getOrDefault(word(counter), 0L), Long::sum);
        }
        Map<Stage, Histogram> merged = new EnumMap<>(Stage.class);
        for (Stage stage : Stage.values()) {
            Histogram both = new Histogram(DIGITS);
            both.add(of(stage));
            String encoded = other.skew().get(word(stage));
            if (encoded != null) {
                both.add(decoded(encoded));
            }
            merged.put(stage, both);
        }
        return new StatsSum(Math.max(spanMs, other.windowMs()), counts, rates, sums, merged);
    }

    /** For another node. */
    PeerFigures forPeers(long leaderChanges, MinutesView minutes) {
        Map<String, Long> counts = new TreeMap<>();
        Map<String, Long> sums = new TreeMap<>();
        for (Counter counter : Counter.values()) {
            counts.put(word(counter), inWindow.getOrDefault(counter, 0L));
            sums.put(word(counter), totals.getOrDefault(counter, 0L));
        }
        Map<String, String> histograms = new TreeMap<>();
        for (Stage stage : Stage.values()) {
            if (of(stage).getTotalCount() > 0) {
                histograms.put(word(stage), encoded(of(stage)));
            }
        }
        return new PeerFigures(spanMs, counts, sums, histograms, leaderChanges, minutes);
    }

    StatsView.Skew skew(long sloMs) {
        Map<String, StatsView.Stage> stages = new TreeMap<>();
        for (Stage stage : Stage.values()) {
            if (stage != Stage.TOTAL) {
                Histogram one = of(stage);
                stages.put(word(stage), new StatsView.Stage(at(one, 50), at(one, 99), one.getMaxValue()));
            }
        }
        Histogram total = of(Stage.TOTAL);
        return new StatsView.Skew(
                spanMs,
                total.getTotalCount(),
                sloMs,
                inWindow.getOrDefault(Counter.SLO_BREACHES, 0L),
                at(total, 50),
                at(total, 99),
                at(total, 99.9),
                total.getMaxValue(),
                totals.getOrDefault(Counter.EARLY, 0L),
                stages);
    }

    StatsView.Rates rates() {
        return new StatsView.Rates(
                rounded(Counter.SUBMITTED),
                rounded(Counter.FIRED),
                rounded(Counter.SUCCEEDED),
                rounded(Counter.FAILED),
                rounded(Counter.RETRIED));
    }

    /** A count over a window as a rate; of a window that has hardly begun, as if it were a second long. */
    static double perSec(long count, long windowMs) {
        return count / Math.max(1.0, windowMs / 1000.0);
    }

    private double rounded(Counter counter) {
        return Math.round(perSec.getOrDefault(counter, 0.0) * 100) / 100.0;
    }

    private Histogram of(Stage stage) {
        Histogram histogram = skew.get(stage);
        return histogram == null ? new Histogram(DIGITS) : histogram;
    }

    private static String encoded(Histogram histogram) {
        ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        int length = histogram.encodeIntoCompressedByteBuffer(buffer);
        return Base64.getEncoder().encodeToString(java.util.Arrays.copyOf(buffer.array(), length));
    }

    /** A histogram of another node; an empty one when it cannot be read. */
    private static Histogram decoded(String base64) {
        try {
            byte[] bytes = Base64.getDecoder().decode(base64);
            return bytes.length > HISTOGRAM_BYTES_MAX
                    ? new Histogram(DIGITS)
                    : Histogram.decodeFromCompressedByteBuffer(ByteBuffer.wrap(bytes), 0);
        } catch (DataFormatException | RuntimeException e) {
            return new Histogram(DIGITS);
        }
    }

    private static double at(Histogram histogram, double percentile) {
        return histogram.getTotalCount() == 0 ? 0 : histogram.getValueAtPercentile(percentile);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
