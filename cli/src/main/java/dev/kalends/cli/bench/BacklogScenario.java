package dev.kalends.cli.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The steady scenario while many jobs wait for their day: does a fire cost more for that, and what does a waiting job
 * cost?
 *
 * @param waiting how many
 * @param steady what goes on beside them
 */
record BacklogScenario(int waiting, SteadyScenario steady) implements Scenario {
    private static final double MEBI = 1 << 20;
    private static final int PORTION = 1_000_000;
    /** Some checkpoints come in this time: a node makes several a second. */
    private static final long CHECKPOINTS_MS = 1_000;

    private static final int LOOKS_MAX = 60;

    @Override
    public Report run(Bench bench) throws IOException, InterruptedException {
        Bulk bulk = new Bulk(bench);
        long waitedBefore = waitingJobs(bench);
        long before = bench.own().isPresent() ? bench.own().get().dataBytes() : 0;
        long startedNs = bench.clock().nowNs();
        fill(bench, bulk, waiting);
        double seconds = (bench.clock().nowNs() - startedNs) / 1e9;
        long filled = waitedBefore == 0 && bench.own().isPresent()
                ? settledBytes(bench, bench.own().get())
                : 0;
        Report beside = steady.run(bench);
        List<Figure> figures = new ArrayList<>();
        figures.add(new Figure("waiting", waitingJobs(bench), "jobs"));
        figures.add(new Figure("bulk", waiting / seconds, "jobs/s"));
        if (bench.own().isPresent()) {
            OwnNode node = bench.own().get();
            if (waitedBefore == 0) {
                figures.add(new Figure("disk a waiting job", (double) (filled - before) / waiting, "bytes"));
            }
            figures.add(new Figure("resident memory", node.residentBytes() / MEBI, "MiB"));
        }
        figures.addAll(beside.figures());
        bulk.faults().addAll(beside.faults());
        return new Report(
                "backlog: " + steady.rate() + " fires/s beside " + waiting + " waiting jobs",
                figures,
                beside.distribution(),
                bulk.faults());
    }

    /** Bytes of a node's data once what its write-ahead log held has gone there, and before the first fire. */
    private static long settledBytes(Bench bench, OwnNode node) throws IOException, InterruptedException {
        long now = node.dataBytes();
        long before = -1;
        for (int look = 0; now != before && look < LOOKS_MAX; look++) {
            before = now;
            bench.waitUntil(bench.nowMs() + CHECKPOINTS_MS);
            now = node.dataBytes();
        }
        return now;
    }

    private static long waitingJobs(Bench bench) throws IOException {
        return bench.client().stats().jobs().getOrDefault("waiting", 0L);
    }

    /** Submits jobs that wait, and says how far it is. */
    static void fill(Bench bench, Bulk bulk, int count) throws IOException {
        for (int left = count; left > 0; left -= PORTION) {
            bench.tell("submitting waiting jobs in bulk, " + left + " to go");
            bulk.submitWaiting(Math.min(left, PORTION));
        }
    }
}
