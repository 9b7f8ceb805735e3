package dev.kalends.server;

import dev.kalends.api.PeerFigures;
import dev.kalends.job.Run;
import dev.kalends.job.RunId;
import dev.kalends.job.RunState;
import dev.kalends.journal.Counts;
import dev.kalends.runtime.PartitionHandle;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** The node's figures, gathered: counters of the partitions, the sliding window, the ledger. Any thread may ask. */
public final class Figures {
    private static final int DEPTH_SCAN_MAX = 20_000;
    private static final int DEPTH_PAGE = 1_000;

    private final Services services;
    private final List<? extends PartitionHandle> replicas;
    private final StatsWindow window;
    private final LedgerAudit ledger;
    private final long startNs;
    private final Map<Integer, Long> epochByPartition = new TreeMap<>();
    private long leaderChanges;

    /**
     * Figures of a node.
     *
     * @param replicas the partitions here, in the order of their numbers
     */
    public Figures(Services services, List<? extends PartitionHandle> replicas) {
        this.services = services;
        this.replicas = List.copyOf(replicas);
        this.window = new StatsWindow(services.meters(), services.clocks());
        this.ledger = new LedgerAudit(services.partitions(), services.clocks());
        this.startNs = services.clocks().monotonic().nowNs();
    }

    StatsWindow window() {
        return window;
    }

    LedgerAudit ledger() {
        return ledger;
    }

    long uptimeMs() {
        return TimeUnit.NANOSECONDS.toMillis(services.clocks().monotonic().nowNs() - startNs);
    }

    /**
     * How often leadership of a partition came to this node from another term, here or elsewhere. A term counts where
     * it began, so the sum over all nodes counts each once.
     */
    synchronized long leaderChanges() {
        for (PartitionHandle handle : services.partitions().all()) {
            boolean here = replicas.get(handle.partition()).status().leading();
            long epoch = handle.status().epoch();
            Long known = epochByPartition.put(handle.partition(), epoch);
            leaderChanges += here && known != null && known > 0 && known != epoch ? 1 : 0;
        }
        return leaderChanges;
    }

    /** This node's figures, for other nodes to add to theirs. */
    PeerFigures forPeers() {
        return window.sum().forPeers(leaderChanges(), window.minutes(services.asOf()));
    }

    /** Takes what was measured meanwhile; to be called once a window's bucket at least. */
    public void drain() {
        window.drain();
        leaderChanges();
    }

    /**
     * Goes a step on with the comparison of schedules and ledger.
     *
     * @return whether a pass over all jobs ended with it
     */
    public boolean audit() {
        return ledger.step();
    }

    /** Counters of a scope. {@code waiting} counts every job with a fire ahead. */
    record Counted(Map<String, Long> jobs, Map<String, Long> runs, long dead) {}

    Counted counted(Scope scope) {
        Map<String, Long> jobs = new TreeMap<>();
        Map<String, Long> runs = new TreeMap<>();
        for (String word : List.of("waiting", "paused", "finished", "cancelled")) {
            jobs.put(word, 0L);
        }
        for (String word : List.of("ready", "running", "retrying")) {
            runs.put(word, 0L);
        }
        long dead = 0;
        for (PartitionHandle handle : services.partitions().all()) {
            for (Counts counts : handle.reader().counts()) {
                if (scope.sees(counts.tenant())) {
                    jobs.merge("waiting", counts.scheduled(), Long::sum);
                    jobs.merge("paused", counts.paused(), Long::sum);
                    jobs.merge("finished", counts.finished(), Long::sum);
                    jobs.merge("cancelled", counts.cancelled(), Long::sum);
                    runs.merge("ready", counts.ready(), Long::sum);
                    runs.merge("running", counts.running(), Long::sum);
                    runs.merge("retrying", counts.retrying(), Long::sum);
                    dead += counts.dead();
                }
            }
        }
        return new Counted(jobs, runs, dead);
    }

    /** Ready runs by queue; above {@value #DEPTH_SCAN_MAX} of them the figures are of the first ones only. */
    Map<String, Long> queueDepth(Scope scope) {
        Map<String, Long> depth = new TreeMap<>();
        if (counted(scope).runs().getOrDefault("ready", 0L) == 0) {
            return depth;
        }
        int scanned = 0;
        for (PartitionHandle handle : services.partitions().all()) {
            Optional<RunId> after = Optional.empty();
            while (scanned < DEPTH_SCAN_MAX) {
                List<Run> page = handle.reader()
                        .openRuns(
                                after,
                                run -> run.state() == RunState.READY
                                        && scope.sees(run.route().tenant()),
                                DEPTH_PAGE);
                page.forEach(run -> depth.merge(run.route().queue(), 1L, Long::sum));
                scanned += page.size();
                if (page.size() < DEPTH_PAGE) {
                    break;
                }
                after = Optional.of(page.getLast().id());
            }
        }
        return depth;
    }
}
