package dev.kalends.cli.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/**
 * Many jobs due in the same millisecond: how long until the last one starts?
 *
 * <p>Smaller herds go before, to warm up; a larger one than they also goes before itself, because a node that has never
 * seen so many compiles half of its code anew while they start. How long that one took is told too.
 *
 * @param jobs how many
 */
record HerdScenario(int jobs) implements Scenario {
    private static final long LEAD_MS = 5_000;
    private static final int SUBMITS_A_MS = 20;
    private static final int WARMUP_MAX = 20_000;
    private static final int WARMUPS = 3;

    @Override
    public Report run(Bench bench) throws IOException, InterruptedException {
        Bulk bulk = new Bulk(bench);
        for (int i = 0; i < WARMUPS; i++) {
            release(bench, bulk, Math.min(jobs, WARMUP_MAX));
        }
        Optional<Herd> before = jobs > WARMUP_MAX ? Optional.of(herd(bench, bulk)) : Optional.empty();
        Herd herd = herd(bench, bulk);
        List<Figure> figures = new ArrayList<>(List.of(
                new Figure("all started after", herd.seconds(), "s"),
                new Figure("rate", jobs / Math.max(herd.seconds(), 0.001), "jobs/s"),
                new Figure("skew p50", herd.skewMs().getValueAtPercentile(50), "ms"),
                new Figure("early", herd.early(), "")));
        before.ifPresent(cold -> figures.add(new Figure("the herd before, all started after", cold.seconds(), "s")));
        return new Report(
                "herd: " + jobs + " jobs due in one millisecond",
                figures,
                Optional.of(new Report.Distribution("fire skew, ms", "skew-ms", herd.skewMs())),
                bulk.faults());
    }

    private record Herd(double seconds, Histogram skewMs, long early) {}

    private Herd herd(Bench bench, Bulk bulk) throws IOException, InterruptedException {
        long dueMs = release(bench, bulk, jobs);
        RunReader.Seen seen = new RunReader(bench).read(dueMs, dueMs + 1);
        if (seen.skewMs().getTotalCount() != jobs) {
            bulk.fault("runs without a start: " + (jobs - seen.skewMs().getTotalCount()) + " of " + jobs);
        }
        if (seen.early() > 0) {
            bulk.fault("early starts: " + seen.early());
        }
        return new Herd((seen.lastStartMs() - dueMs) / 1e3, seen.skewMs(), seen.early());
    }

    private static long release(Bench bench, Bulk bulk, int count) throws IOException, InterruptedException {
        long dueMs = bench.nowMs() + LEAD_MS + count / SUBMITS_A_MS;
        bench.tell("submitting " + count + " jobs, all due in " + (dueMs - bench.nowMs()) / 1_000 + " s");
        bulk.submit(count, _ -> dueMs);
        if (bench.nowMs() > dueMs) {
            bulk.fault("submitting took so long that the jobs were late");
        }
        bench.waitUntil(dueMs + 500);
        new RunReader(bench).awaitQuiet();
        return dueMs;
    }
}
