package dev.kalends.cli.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/**
 * Fires at a rate for a long time: is anything lost or early, and what goes on growing?
 *
 * @param rate fires a second
 * @param measuredMs how long
 */
record EnduranceScenario(int rate, long measuredMs) implements Scenario {
    private static final double MEBI = 1 << 20;
    private static final long LEAD_MS = 5_000;
    private static final int STRETCHES = 8;
    /** What may be more in the last quarter than in the second one; files and memory breathe. */
    private static final double GROWTH_MAX = 1.25;

    /** What the node takes at one moment. */
    private record Footprint(double residentMib, double walMib, double files, double dataMib) {
        static Footprint of(OwnNode node) throws IOException {
            return new Footprint(
                    node.residentBytes() / MEBI, node.walBytes() / MEBI, node.openFiles(), node.dataBytes() / MEBI);
        }
    }

    @Override
    public Report run(Bench bench) throws IOException, InterruptedException {
        OwnNode node = bench.own().orElseThrow();
        Bulk bulk = new Bulk(bench);
        RunReader reader = new RunReader(bench);
        Histogram skew = new Histogram(3);
        List<Footprint> footprints = new ArrayList<>();
        long stretchMs = measuredMs / STRETCHES;
        int count = Math.toIntExact(stretchMs * rate / 1_000);
        long early = 0;
        for (int i = 0; i < STRETCHES; i++) {
            bench.tell("stretch " + (i + 1) + " of " + STRETCHES + ": " + count + " jobs");
            long fromMs = bench.nowMs() + LEAD_MS + count / rate;
            bulk.submit(count, job -> fromMs + job * 1_000L / rate);
            bench.waitUntil(fromMs + stretchMs);
            footprints.add(Footprint.of(node));
            reader.awaitQuiet();
            RunReader.Seen seen = reader.since(fromMs).read(fromMs, fromMs + stretchMs);
            skew.add(seen.skewMs());
            early += seen.early();
        }
        long lost = (long) STRETCHES * count - skew.getTotalCount();
        if (lost != 0) {
            bulk.fault("runs without a start: " + lost);
        }
        if (early > 0) {
            bulk.fault("early starts: " + early);
        }
        grown(footprints, bulk);
        return new Report(
                "endurance: " + rate + " fires/s for " + measuredMs / 1_000 + " s",
                figures(footprints, skew, early, lost),
                Optional.of(new Report.Distribution("fire skew, ms", "skew-ms", skew)),
                bulk.faults());
    }

    private static List<Figure> figures(List<Footprint> footprints, Histogram skew, long early, long lost) {
        Footprint second = footprints.get(STRETCHES / 4);
        Footprint last = footprints.getLast();
        double runs = (double) skew.getTotalCount() * (STRETCHES - 1 - STRETCHES / 4) / STRETCHES;
        return List.of(
                new Figure("runs", skew.getTotalCount(), ""),
                new Figure("lost", lost, ""),
                new Figure("early", early, ""),
                new Figure("skew p99", skew.getValueAtPercentile(99), "ms"),
                new Figure("skew max", skew.getMaxValue(), "ms"),
                new Figure("resident at first", second.residentMib(), "MiB"),
                new Figure("resident at last", last.residentMib(), "MiB"),
                new Figure("wal at first", second.walMib(), "MiB"),
                new Figure("wal at last", last.walMib(), "MiB"),
                new Figure("open files at first", second.files(), ""),
                new Figure("open files at last", last.files(), ""),
                new Figure("disk a finished run", (last.dataMib() - second.dataMib()) * MEBI / runs, "bytes"));
    }

    /** Memory, write-ahead log and files must level off; the history of runs is kept and grows. */
    private static void grown(List<Footprint> footprints, Bulk bulk) {
        Footprint second = footprints.get(STRETCHES / 4);
        Footprint last = footprints.getLast();
        if (last.residentMib() > GROWTH_MAX * second.residentMib()) {
            bulk.fault("resident memory goes on growing");
        }
        if (last.walMib() > GROWTH_MAX * Math.max(1, second.walMib())) {
            bulk.fault("the write-ahead log goes on growing");
        }
        if (last.files() > GROWTH_MAX * second.files()) {
            bulk.fault("open files go on growing");
        }
    }
}
