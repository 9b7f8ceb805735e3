package dev.kalends.api;

import io.avaje.jsonb.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The node's figures; see the contract of {@code stats}. */
@Json
public record StatsView(
        String asOf,
        String node,
        String version,
        String mode,
        long uptimeMs,
        Precision precision,
        Map<String, Long> jobs,
        Map<String, Long> runs,
        Skew skew,
        Rates rates,
        Map<String, Long> queueDepth,
        long dead,
        long leaderChanges,
        Ledger ledger,
        @Nullable List<PauseView> pauses) {

    /** What the timing can resolve. */
    @Json
    public record Precision(long tickMs, long loadEveryMs) {}

    /** Fire skew over the last window; the stages have p50 and p99 each. */
    @Json
    public record Skew(
            long windowMs,
            long count,
            long sloMs,
            long breaches,
            double p50Ms,
            double p99Ms,
            double p999Ms,
            double maxMs,
            long early,
            Map<String, Stage> stages) {}

    /** One stage of fire skew: wheel, commit, queue, claim or start. */
    @Json
    public record Stage(double p50Ms, double p99Ms, double maxMs) {}

    /** Events a second over the last window. */
    @Json
    public record Rates(
            double submitPerSec, double firePerSec, double succeedPerSec, double failPerSec, double retryPerSec) {}

    /** {@code expected} is recomputed from schedules, {@code accounted} counts verdicts and open runs. */
    @Json
    public record Ledger(long expected, long accounted) {}
}
