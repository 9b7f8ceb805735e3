package dev.kalends.server;

import dev.kalends.api.StatsView;
import dev.kalends.runtime.Meters;
import dev.kalends.runtime.Meters.Counter;
import dev.kalends.runtime.Meters.Stage;
import dev.kalends.time.MonotonicClock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * What was measured in the last {@value #WINDOW_MS} ms, in buckets of {@value #BUCKET_MS} ms. The only reader that
 * drains the meters; any thread may ask.
 */
public final class StatsWindow {
    static final long WINDOW_MS = 300_000;
    static final long BUCKET_MS = 10_000;
    private static final int DIGITS = 2;

    private final Meters meters;
    private final MonotonicClock clock;
    private final Deque<Bucket> buckets = new ArrayDeque<>();
    private final Map<Stage, Histogram> lifetime = new EnumMap<>(Stage.class);

    private static final class Bucket {
        private final long startNs;
        private final Map<Stage, Histogram> histograms = new EnumMap<>(Stage.class);
        private final Map<Counter, Long> before = new EnumMap<>(Counter.class);

        Bucket(long startNs) {
            this.startNs = startNs;
        }
    }

    public StatsWindow(Meters meters, MonotonicClock clock) {
        this.meters = meters;
        this.clock = clock;
        for (Stage stage : Stage.values()) {
            lifetime.put(stage, new Histogram(DIGITS));
        }
        drain();
    }

    /** Takes what was measured since the last call; at least once a bucket, from the node's own thread. */
    public synchronized void drain() {
        long nowNs = clock.nowNs();
        if (buckets.isEmpty() || nowNs - buckets.getLast().startNs >= ns(BUCKET_MS)) {
            Bucket fresh = new Bucket(nowNs);
            for (Counter counter : Counter.values()) {
                fresh.before.put(counter, meters.total(counter));
            }
            // What was measured up to now belongs to the bucket that ends.
            fill(buckets.isEmpty() ? fresh : buckets.getLast());
            buckets.addLast(fresh);
            forgetBefore(nowNs - ns(WINDOW_MS));
        } else {
            fill(buckets.getLast());
        }
    }

    private void forgetBefore(long oldestNs) {
        for (Iterator<Bucket> each = buckets.iterator(); each.hasNext(); ) {
            if (each.next().startNs - oldestNs >= 0 || !each.hasNext()) {
                return;
            }
            each.remove();
        }
    }

    private void fill(Bucket bucket) {
        for (Stage stage : Stage.values()) {
            Histogram drained = meters.drain(stage);
            if (drained.getTotalCount() > 0) {
                bucket.histograms
                        .computeIfAbsent(stage, _ -> new Histogram(DIGITS))
                        .add(drained);
                lifetimeOf(stage).add(drained);
            }
        }
    }

    /** Fire skew over the window. */
    synchronized StatsView.Skew skew() {
        drain();
        Map<String, StatsView.Stage> stages = new TreeMap<>();
        for (Stage stage : Stage.values()) {
            if (stage != Stage.TOTAL) {
                Histogram merged = merged(stage);
                stages.put(
                        stage.name().toLowerCase(Locale.ROOT),
                        new StatsView.Stage(at(merged, 50), at(merged, 99), merged.getMaxValue()));
            }
        }
        Histogram total = merged(Stage.TOTAL);
        return new StatsView.Skew(
                spanNs() / 1_000_000,
                total.getTotalCount(),
                meters.sloMs(),
                inWindow(Counter.SLO_BREACHES),
                at(total, 50),
                at(total, 99),
                at(total, 99.9),
                total.getMaxValue(),
                meters.total(Counter.EARLY),
                stages);
    }

    /** Events a second over the window. */
    synchronized StatsView.Rates rates() {
        drain();
        double seconds = Math.max(1.0, spanNs() / 1e9);
        return new StatsView.Rates(
                rounded(inWindow(Counter.SUBMITTED) / seconds),
                rounded(inWindow(Counter.FIRED) / seconds),
                rounded(inWindow(Counter.SUCCEEDED) / seconds),
                rounded(inWindow(Counter.FAILED) / seconds),
                rounded(inWindow(Counter.RETRIED) / seconds));
    }

    /** One stage since the node started; a copy. */
    synchronized Histogram sinceStart(Stage stage) {
        drain();
        return lifetimeOf(stage).copy();
    }

    private Histogram lifetimeOf(Stage stage) {
        return lifetime.computeIfAbsent(stage, _ -> new Histogram(DIGITS));
    }

    private Histogram merged(Stage stage) {
        Histogram merged = new Histogram(DIGITS);
        for (Bucket bucket : buckets) {
            Histogram one = bucket.histograms.get(stage);
            if (one != null) {
                merged.add(one);
            }
        }
        return merged;
    }

    private long inWindow(Counter counter) {
        return meters.total(counter) - buckets.getFirst().before.getOrDefault(counter, 0L);
    }

    private long spanNs() {
        return clock.nowNs() - buckets.getFirst().startNs;
    }

    private static double at(Histogram histogram, double percentile) {
        return histogram.getTotalCount() == 0 ? 0 : histogram.getValueAtPercentile(percentile);
    }

    private static double rounded(double value) {
        return Math.round(value * 100) / 100.0;
    }

    private static long ns(long ms) {
        return TimeUnit.MILLISECONDS.toNanos(ms);
    }
}
