package dev.kalends.cli.bench;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A kill -9 of the node while many jobs wait and others come due: how long until it fires again?
 *
 * @param waiting jobs that wait for their day
 */
record RestartScenario(int waiting) implements Scenario {
    private static final double MEBI = 1 << 20;
    private static final int RATE = 100;
    private static final int STREAM_MS = 60_000;
    private static final long LEAD_MS = 3_000;
    private static final long KILL_AFTER_MS = 8_000;
    private static final long WATCHED_MS = 10_000;

    @Override
    public Report run(Bench bench) throws IOException, InterruptedException {
        OwnNode node = bench.own().orElseThrow();
        Bulk bulk = new Bulk(bench);
        BacklogScenario.fill(bench, bulk, waiting);
        long fromMs = bench.nowMs() + LEAD_MS;
        bulk.submit(STREAM_MS * RATE / 1_000, i -> fromMs + i * 1_000L / RATE);
        bench.waitUntil(fromMs + KILL_AFTER_MS);
        bench.tell("kill -9, and starting again");
        node.kill();
        long startedMs = bench.nowMs();
        long startedNs = bench.clock().nowNs();
        node.startAgain();
        double readySeconds = (bench.clock().nowNs() - startedNs) / 1e9;
        bench.waitUntil(startedMs + WATCHED_MS);
        long resident = node.residentBytes();
        bench.waitUntil(fromMs + STREAM_MS);
        RunReader reader = new RunReader(bench);
        reader.awaitQuiet();
        RunReader.Seen all = reader.read(fromMs, fromMs + STREAM_MS);
        long firstMs = reader.firstStartMs(startedMs);
        if (all.skewMs().getTotalCount() != STREAM_MS * RATE / 1_000) {
            bulk.fault("runs without a start: "
                    + (STREAM_MS * RATE / 1_000 - all.skewMs().getTotalCount()));
        }
        if (all.early() > 0) {
            bulk.fault("early starts: " + all.early());
        }
        long waits = bench.client().stats().jobs().getOrDefault("waiting", 0L);
        List<Figure> figures = List.of(
                new Figure("waiting", waits, "jobs"),
                new Figure("fires again after", (firstMs - startedMs) / 1e3, "s"),
                new Figure("ready after", readySeconds, "s"),
                new Figure("resident memory", resident / MEBI, "MiB"),
                new Figure("early", all.early(), ""));
        return new Report(
                "restart: kill -9 with " + waits + " waiting jobs, time from the start of the process",
                figures,
                Optional.of(new Report.Distribution("fire skew, ms", "skew-ms", all.skewMs())),
                bulk.faults());
    }
}
