package dev.kalends.runtime;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/**
 * What a node counts and times. Recording is wait-free and comes from the partitions' threads; reading from any thread.
 *
 * <p>Skew is in milliseconds, kept in histograms of two significant digits. Early starts are counted apart: that count
 * must stay 0.
 */
public final class Meters {
    /** The stages of fire skew, in order. */
    public enum Stage {
        /** From due to the leader's decision. */
        WHEEL,
        /** From the decision to its commit. */
        COMMIT,
        /** From the commit to the claim that got it: waiting for a worker. */
        QUEUE,
        /** From the claim's decision to the start at the worker. */
        START,
        /** From due to the start. */
        TOTAL
    }

    /** What is counted. */
    public enum Counter {
        SUBMITTED,
        FIRED,
        STARTED,
        SUCCEEDED,
        FAILED,
        RETRIED,
        DEAD,
        SKIPPED,
        MISSED,
        CANCELLED,
        LEASES_LOST,
        REPORTS_REJECTED,
        EARLY,
        SLO_BREACHES,
        RECOVERED,
        CATCH_UP_STARTED,
        CLOCK_JUMPS,
        COMMITS,
        /** Partitions that this node began to lead. */
        TERMS,
        THROTTLED
    }

    private final Map<Counter, LongAdder> counters = new TreeMap<>();
    private final Map<Stage, Recorder> recorders = new TreeMap<>();
    private final long sloMs;

    public Meters(long sloMs) {
        this.sloMs = sloMs;
        for (Counter counter : Counter.values()) {
            counters.put(counter, new LongAdder());
        }
        for (Stage stage : Stage.values()) {
            recorders.put(stage, new Recorder(2));
        }
    }

    public long sloMs() {
        return sloMs;
    }

    public void count(Counter counter, long n) {
        adder(counter).add(n);
    }

    public long total(Counter counter) {
        return adder(counter).sum();
    }

    /** Records one stage of a scheduled, not caught-up run. Negative values are recorded as 0. */
    public void record(Stage stage, long ms) {
        recorder(stage).recordValue(Math.max(0, ms));
    }

    /** Records the whole skew of a first start, with the counts that hang on it. */
    public void started(long skewMs) {
        count(Counter.STARTED, 1);
        if (skewMs < 0) {
            count(Counter.EARLY, 1);
        }
        if (skewMs > sloMs) {
            count(Counter.SLO_BREACHES, 1);
        }
        record(Stage.TOTAL, skewMs);
    }

    /** Values recorded since the last call; for the one reader that keeps the sliding window. */
    public Histogram drain(Stage stage) {
        return recorder(stage).getIntervalHistogram();
    }

    private LongAdder adder(Counter counter) {
        return java.util.Objects.requireNonNull(counters.get(counter));
    }

    private Recorder recorder(Stage stage) {
        return java.util.Objects.requireNonNull(recorders.get(stage));
    }
}
