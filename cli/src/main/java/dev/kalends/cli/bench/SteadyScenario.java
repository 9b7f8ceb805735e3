package dev.kalends.cli.bench;

import dev.kalends.schedule.InstantText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/**
 * One-offs spread evenly over time, doing nothing: how late does each start?
 *
 * @param rate fires a second
 * @param warmupMs before anything counts
 * @param measuredMs how long it counts
 */
record SteadyScenario(int rate, long warmupMs, long measuredMs) {
    private static final long LEAD_MS = 3_000;
    private static final int SUBMITS_A_MS = 10;

    Report run(Bench bench) throws IOException, InterruptedException {
        int count = Math.toIntExact((warmupMs + measuredMs) * rate / 1_000);
        long fromMs = bench.nowMs() + LEAD_MS + count / SUBMITS_A_MS;
        long measuredFromMs = fromMs + warmupMs;
        long untilMs = measuredFromMs + measuredMs;
        bench.tell("submitting " + count + " jobs, due over " + (warmupMs + measuredMs) / 1_000 + " s");
        List<String> faults = new ArrayList<>();
        bench.client()
                .submitBulk(
                        "bench-" + bench.nowMs(),
                        JobLines.of(
                                count,
                                i -> "{\"at\":\"" + InstantText.format(fromMs + i * 1_000L / rate)
                                        + "\",\"noop\":true}"),
                        result -> {
                            if (result.error() != null && faults.isEmpty()) {
                                faults.add("a submit was refused: "
                                        + result.error().message());
                            }
                        });
        if (bench.nowMs() > fromMs) {
            faults.add("submitting took so long that the first jobs were late");
        }
        bench.waitUntil(untilMs);
        RunReader reader = new RunReader(bench);
        reader.awaitQuiet();
        RunReader.Seen seen = reader.read(measuredFromMs, untilMs);
        long expected = measuredMs * rate / 1_000;
        long lost = expected - seen.skewMs().getTotalCount();
        if (lost != 0) {
            faults.add("runs without a start: " + lost + " of " + expected);
        }
        if (seen.early() > 0) {
            faults.add("early starts: " + seen.early());
        }
        return new Report(
                "steady: " + rate + " fires/s for " + measuredMs / 1_000 + " s",
                figures(seen),
                Optional.of(seen.skewMs()),
                faults);
    }

    private static List<Report.Figure> figures(RunReader.Seen seen) {
        Histogram skew = seen.skewMs();
        return List.of(
                new Report.Figure("runs", skew.getTotalCount(), ""),
                new Report.Figure("skew p50", skew.getValueAtPercentile(50), "ms"),
                new Report.Figure("skew p99", skew.getValueAtPercentile(99), "ms"),
                new Report.Figure("skew p99.9", skew.getValueAtPercentile(99.9), "ms"),
                new Report.Figure("skew max", skew.getMaxValue(), "ms"),
                new Report.Figure("early", seen.early(), ""));
    }
}
