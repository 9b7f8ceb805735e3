package dev.kalends.peers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/** Measures a peer: for each workload its store is emptied and its process is a new one. */
final class PeerMeasuring implements Measuring {
    private static final int SINGLES_MAX = 5_000;
    private static final int HERD_LIMIT_S = 120;
    private static final int STEADY_LIMIT_S = 30;
    private static final int STREAM_RATE = 100;
    private static final int STREAM_S = 180;
    private static final int RESTART_WAITING = 10_000;
    private static final long KILL_AFTER_MS = 5_000;

    private final Contestant contestant;
    private final Options options;
    private final Programs programs;
    private final Children children;
    private final Store store;
    private final Path log;

    PeerMeasuring(Contestant contestant, Options options, Programs programs, Children children) throws Exception {
        this.contestant = contestant;
        this.options = options;
        this.programs = programs;
        this.children = children;
        this.log = programs.fetched().resolve(Options.name(contestant) + ".log");
        this.store = open(children.root().resolve(Options.name(contestant) + "-" + System.nanoTime()));
    }

    private Store open(Path directory) throws IOException, InterruptedException {
        return switch (contestant.keeper()) {
            case POSTGRES -> Postgres.start(children, directory);
            case REDIS_ALWAYS -> Redis.start(children, directory, "always");
            case REDIS_EVERYSEC -> Redis.start(children, directory, "everysec");
            case MEMORY -> new Store.None();
            case OWN -> throw new IllegalStateException("Kalends has no store beside it");
        };
    }

    @Override
    public void measure(Workload workload, Results into) throws Exception {
        switch (workload) {
            case SUBMIT -> submit(into);
            case BULK -> bulk(into, true);
            case DISK -> bulk(into, !options.workloads().contains(Workload.BULK));
            case HERD -> herd(into);
            case STEADY -> steady(into);
            case RESTART -> restart(into);
        }
    }

    private PeerProcess start(String address) throws IOException, InterruptedException {
        return PeerProcess.start(children, contestant.command(programs, address), log);
    }

    private void submit(Results into) throws Exception {
        try (PeerProcess peer = start(store.fresh(contestant))) {
            long[] micros = peer.askNumbers("singles " + Math.min(options.waiting(), SINGLES_MAX));
            Arrays.sort(micros);
            into.add(Measure.SUBMIT_P50, percentile(micros, 50) / 1e3);
            into.add(Measure.SUBMIT_P99, percentile(micros, 99) / 1e3);
        }
    }

    /** Bulk and disk are one run; of two workloads that ask for it the second has nothing to do. */
    private void bulk(Results into, boolean needed) throws Exception {
        if (!needed) {
            return;
        }
        int count = options.waiting();
        int all = count + Math.max(1, count / 2);
        try (PeerProcess peer = start(store.fresh(contestant))) {
            boolean sized = options.workloads().contains(Workload.DISK);
            boolean heap = contestant.keeper() == Contestant.Keeper.MEMORY;
            long diskBefore = sized ? store.diskBytes() : 0;
            long memoryBefore = sized ? heap ? Long.parseLong(peer.ask("heap")) : store.memoryBytes() : 0;
            double seconds = Double.parseDouble(peer.ask("bulk " + count));
            if (options.workloads().contains(Workload.BULK)) {
                into.add(Measure.BULK, count / seconds);
            }
            if (sized) {
                long disk = store.diskBytes() - diskBefore;
                long memory = (heap ? Long.parseLong(peer.ask("heap")) : store.memoryBytes()) - memoryBefore;
                if (disk > 0) {
                    into.add(Measure.DISK, (double) disk / all);
                }
                if (memory > 0) {
                    into.add(Measure.MEMORY, (double) memory / all);
                }
            }
        }
    }

    private void herd(Results into) throws Exception {
        try (PeerProcess peer = start(store.fresh(contestant))) {
            int count = options.jobs();
            long[] skews = started(peer, "herd " + count + " " + HERD_LIMIT_S, count, into);
            if (skews.length > 0) {
                into.add(Measure.HERD, skews.length / Math.max(1e-3, skews[skews.length - 1] / 1e6));
                into.add(Measure.HERD_EARLY, early(skews));
            }
        }
    }

    private void steady(Results into) throws Exception {
        try (PeerProcess peer = start(store.fresh(contestant))) {
            int count = options.rate() * options.seconds();
            String command = "steady " + options.rate() + " " + options.warmSeconds() + " " + options.seconds() + " "
                    + STEADY_LIMIT_S;
            long[] skews = started(peer, command, count, into);
            if (skews.length == count) {
                into.add(Measure.SKEW_P50, percentile(skews, 50) / 1e3);
                into.add(Measure.SKEW_P99, percentile(skews, 99) / 1e3);
                into.add(Measure.SKEW_P999, percentile(skews, 99.9) / 1e3);
                into.add(Measure.STEADY_EARLY, early(skews));
            }
        }
    }

    /** The skews, least first; as many as were due, or it is remarked. */
    private static long[] started(PeerProcess peer, String command, int count, Results into) throws IOException {
        long[] skews = peer.askNumbers(command);
        Arrays.sort(skews);
        String workload = command.substring(0, command.indexOf(' '));
        if (skews.length < count) {
            into.remark(workload + ": not held, only " + skews.length + " of " + count + " started in time");
        } else if (skews.length > count) {
            into.fault(workload + ": some started twice, " + skews.length + " starts of " + count);
        }
        return skews;
    }

    /** The peer is killed while jobs come due, and started again; its server goes on. */
    private void restart(Results into) throws Exception {
        if (contestant.keeper() == Contestant.Keeper.MEMORY) {
            return;
        }
        String address = store.fresh(contestant);
        try (PeerProcess killed = start(address)) {
            killed.ask("stream " + STREAM_RATE + " " + STREAM_S + " " + RESTART_WAITING);
            Thread.sleep(KILL_AFTER_MS);
        }
        long startedMs = Starts.nowMs();
        try (PeerProcess again = start(address)) {
            long firstMs = Long.parseLong(again.ask("first"));
            if (firstMs == 0) {
                into.fault("restart: nothing started within two minutes");
            } else {
                into.add(Measure.RESTART, (firstMs - startedMs) / 1e3);
            }
        }
    }

    private static double percentile(long[] sorted, double percent) {
        int rank = (int) Math.ceil(percent / 100 * sorted.length);
        return sorted[Math.max(1, rank) - 1];
    }

    private static double early(long[] skews) {
        return 100.0 * Arrays.stream(skews).filter(skew -> skew < 0).count() / skews.length;
    }

    @Override
    public String server() throws Exception {
        return store.version();
    }

    @Override
    public void close() throws Exception {
        store.close();
    }
}
