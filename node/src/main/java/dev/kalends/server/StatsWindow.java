package dev.kalends.server;

import dev.kalends.api.MinutesView;
import dev.kalends.api.StatsView;
import dev.kalends.runtime.Meters;
import dev.kalends.runtime.Meters.Counter;
import dev.kalends.runtime.Meters.Stage;
import dev.kalends.time.MonotonicClock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.Map;
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
    private final MinuteBook minutes;
    private final Deque<Bucket> buckets = new ArrayDeque<>();
    private final Map<Stage, Histogram> lifetime = new EnumMap<>(Stage.class);

    /** Counted in the minutes already. */
    private long started;

    private long failed;

    private static final class Bucket {
        private final long startNs;
        private final Map<Stage, Histogram> histograms = new EnumMap<>(Stage.class);
        private final Map<Counter, Long> before = new EnumMap<>(Counter.class);

        Bucket(long startNs) {
            this.startNs = startNs;
        }
    }

    public StatsWindow(Meters meters, Clocks clocks) {
        this.meters = meters;
        this.clock = clocks.monotonic();
        this.minutes = new MinuteBook(clocks.wall());
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
        long startedNow = meters.total(Counter.STARTED);
        long failedNow = meters.total(Counter.FAILED);
        for (Stage stage : Stage.values()) {
            Histogram drained = meters.drain(stage);
            if (stage == Stage.TOTAL) {
                minutes.add(drained, startedNow - started, failedNow - failed);
            }
            if (drained.getTotalCount() > 0) {
                bucket.histograms
                        .computeIfAbsent(stage, _ -> new Histogram(DIGITS))
                        .add(drained);
                lifetimeOf(stage).add(drained);
            }
        }
        started = startedNow;
        failed = failedNow;
    }

    /** The last hour by minutes, of this node. */
    synchronized MinutesView minutes(String asOf) {
        drain();
        return minutes.view(asOf);
    }

    /** What was measured over the window, by itself. */
    synchronized StatsSum sum() {
        drain();
        Map<Stage, Histogram> skew = new EnumMap<>(Stage.class);
        for (Stage stage : Stage.values()) {
            skew.put(stage, merged(stage));
        }
        Map<Counter, Long> counts = new EnumMap<>(Counter.class);
        Map<Counter, Double> rates = new EnumMap<>(Counter.class);
        Map<Counter, Long> totals = new EnumMap<>(Counter.class);
        long spanMs = spanNs() / 1_000_000;
        for (Counter counter : Counter.values()) {
            counts.put(counter, inWindow(counter));
            rates.put(counter, StatsSum.perSec(inWindow(counter), spanMs));
            totals.put(counter, meters.total(counter));
        }
        return new StatsSum(spanMs, counts, rates, totals, skew);
    }

    /** Fire skew over the window. */
    StatsView.Skew skew() {
        return sum().skew(meters.sloMs());
    }

    /** Events a second over the window. */
    StatsView.Rates rates() {
        return sum().rates();
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

    private static long ns(long ms) {
        return TimeUnit.MILLISECONDS.toNanos(ms);
    }
}
