package dev.kalends.cli.bench;

import dev.kalends.api.StatsView;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * One-offs spread evenly over time, doing nothing: how late does each start?
 *
 * @param rate fires a second
 * @param warmupMs before anything counts
 * @param measuredMs how long it counts
 */
record SteadyScenario(int rate, long warmupMs, long measuredMs) implements Scenario {
    private static final long LEAD_MS = 3_000;
    private static final int SUBMITS_A_MS = 10;

    @Override
    public Report run(Bench bench) throws IOException, InterruptedException {
        int count = Math.toIntExact((warmupMs + measuredMs) * rate / 1_000);
        long fromMs = bench.nowMs() + LEAD_MS + count / SUBMITS_A_MS;
        long measuredFromMs = fromMs + warmupMs;
        long untilMs = measuredFromMs + measuredMs;
        bench.tell("submitting " + count + " jobs, due over " + (warmupMs + measuredMs) / 1_000 + " s");
        Bulk bulk = new Bulk(bench);
        bulk.submit(count, i -> fromMs + i * 1_000L / rate);
        if (bench.nowMs() > fromMs) {
            bulk.fault("submitting took so long that the first jobs were late");
        }
        bench.waitUntil(untilMs);
        StatsView.Skew window = bench.client().stats().skew();
        RunReader reader = new RunReader(bench);
        reader.awaitQuiet();
        RunReader.Seen seen = reader.read(measuredFromMs, untilMs);
        long expected = measuredMs * rate / 1_000;
        long lost = expected - seen.skewMs().getTotalCount();
        if (lost != 0) {
            bulk.fault("runs without a start: " + lost + " of " + expected);
        }
        if (seen.early() > 0) {
            bulk.fault("early starts: " + seen.early());
        }
        return new Report(
                "steady: " + rate + " fires/s for " + measuredMs / 1_000 + " s",
                figures(seen, window),
                Optional.of(new Report.Distribution("fire skew, ms", "skew-ms", seen.skewMs())),
                bulk.faults());
    }

    private static List<Figure> figures(RunReader.Seen seen, StatsView.Skew window) {
        Histogram skew = seen.skewMs();
        List<Figure> figures = new ArrayList<>(List.of(
                new Figure("runs", skew.getTotalCount(), ""),
                new Figure("skew p50", skew.getValueAtPercentile(50), "ms"),
                new Figure("skew p99", skew.getValueAtPercentile(99), "ms"),
                new Figure("skew p99.9", skew.getValueAtPercentile(99.9), "ms"),
                new Figure("skew max", skew.getMaxValue(), "ms"),
                new Figure("early", seen.early(), "")));
        for (Map.Entry<String, StatsView.Stage> stage : new TreeMap<>(window.stages()).entrySet()) {
            figures.add(new Figure(stage.getKey() + " p50", stage.getValue().p50Ms(), "ms"));
            figures.add(new Figure(stage.getKey() + " p99", stage.getValue().p99Ms(), "ms"));
        }
        return figures;
    }
}
