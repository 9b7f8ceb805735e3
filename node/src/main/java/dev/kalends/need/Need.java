package dev.kalends.need;

import dev.kalends.api.PartitionView;
import dev.kalends.api.PauseView;
import dev.kalends.api.StatsView;
import dev.kalends.api.WorkerView;
import dev.kalends.schedule.DurationText;
import dev.kalends.schedule.NumberText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Something that needs a person: the one judgement that {@code status}, the console and the alerts of a node share.
 *
 * @param code a stable word
 * @param amount how much of it there is: runs, partitions, jobs; more is worse
 * @param what what is the matter, with figures
 * @param todo the command to type next
 */
public record Need(String code, long amount, String what, String todo) {
    /** Fires have no verdict, or more than one. */
    public static final String LEDGER_GAP = "ledger_gap";
    /** A partition is led by nobody. */
    public static final String NO_LEADER = "no_leader";
    /** Runs used up their attempts. */
    public static final String DEAD_LETTERS = "dead_letters";
    /** Runs wait and no worker takes them. */
    public static final String NO_WORKER = "no_worker";
    /** Starts are later than was promised. */
    public static final String SKEW_BREACH = "skew_breach";

    /** All there is, the gravest first. */
    public static List<Need> of(StatsView stats, List<PartitionView> partitions, List<WorkerView> workers) {
        List<Need> needs = new ArrayList<>();
        ledger(needs, stats.ledger());
        early(needs, stats.skew());
        leaders(needs, partitions);
        missed(needs, partitions);
        paused(needs, stats);
        workers(needs, workers, stats);
        dead(needs, stats.dead());
        skew(needs, stats.skew());
        return needs;
    }

    /** What the leaders alone say, when nothing else can be read. */
    public static List<Need> ofLeaders(List<PartitionView> partitions) {
        List<Need> needs = new ArrayList<>();
        leaders(needs, partitions);
        return needs;
    }

    private static void ledger(List<Need> needs, StatsView.Ledger ledger) {
        if (ledger.expected() != ledger.accounted()) {
            long gap = Math.abs(ledger.expected() - ledger.accounted());
            String what = ledger.accounted() < ledger.expected() ? "fires without a verdict" : "verdicts too many";
            needs.add(new Need(
                    LEDGER_GAP,
                    gap,
                    gap + " " + what + "; expected=" + ledger.expected() + " accounted=" + ledger.accounted(),
                    "kalends doctor"));
        }
    }

    private static void early(List<Need> needs, StatsView.Skew skew) {
        if (skew.early() > 0) {
            needs.add(new Need(
                    "early",
                    skew.early(),
                    NumberText.counted(skew.early(), "run") + " began before it was due",
                    "kalends stats   kalends doctor"));
        }
    }

    private static void leaders(List<Need> needs, List<PartitionView> partitions) {
        List<String> without = new ArrayList<>();
        for (PartitionView partition : partitions) {
            boolean expired = partition.leftMs() != null && partition.leftMs() <= 0;
            if (partition.leader() == null || expired) {
                without.add(Integer.toString(partition.partition()));
            }
        }
        if (!without.isEmpty()) {
            needs.add(new Need(
                    NO_LEADER,
                    without.size(),
                    "nobody leads " + (without.size() == 1 ? "partition " : "partitions ") + String.join(", ", without)
                            + ": nothing fires there",
                    "kalends leases --partitions"));
        }
    }

    /** Nothing is to be done, but whoever looks wants to know how long it takes. */
    private static void missed(List<Need> needs, List<PartitionView> partitions) {
        long left = 0;
        long etaMs = 0;
        for (PartitionView partition : partitions) {
            if (partition.missedLeft() != null && partition.missedEtaMs() != null) {
                left += partition.missedLeft();
                etaMs = partition.missedEtaMs() < 0 || etaMs < 0 ? -1 : Math.max(etaMs, partition.missedEtaMs());
            }
        }
        if (left > 0) {
            String rest = etaMs < 0 ? "" : ", about " + DurationText.words(etaMs) + " left";
            needs.add(new Need(
                    "catching_up",
                    left,
                    NumberText.counted(left, "job") + " missed fires that are still to be decided" + rest,
                    "kalends leases --partitions"));
        }
    }

    /** A pause of a tenant or of everything is easily forgotten. */
    private static void paused(List<Need> needs, StatsView stats) {
        if (stats.pauses() == null) {
            return;
        }
        for (PauseView pause : stats.pauses()) {
            String what = pause.tenant() == null ? "everything" : "tenant " + pause.tenant();
            String reason = pause.reason() == null ? "" : ": " + pause.reason();
            String until = pause.until() == null ? "" : ", until " + pause.until();
            needs.add(new Need(
                    "paused",
                    1,
                    what + (pause.resuming() ? " goes on by and by after a pause" : " is paused") + " since "
                            + pause.since() + until + reason,
                    "kalends resume --all" + (pause.tenant() == null ? "" : " -T " + pause.tenant())));
        }
    }

    private static void workers(List<Need> needs, List<WorkerView> workers, StatsView stats) {
        List<String> silent = new ArrayList<>();
        for (WorkerView worker : workers) {
            if (worker.state().equals("silent")) {
                silent.add(worker.id() + " for " + DurationText.words(worker.seenAgoMs()));
            }
        }
        if (!silent.isEmpty()) {
            needs.add(new Need(
                    "silent_worker",
                    silent.size(),
                    NumberText.counted(silent.size(), "worker") + " silent: " + String.join(", ", silent),
                    "kalends workers"));
        }
        long ready = stats.runs().getOrDefault("ready", 0L);
        if (workers.stream().noneMatch(Need::takesWork)) {
            if (ready > 0) {
                String what = NumberText.counted(ready, "run") + " ready and no worker is live";
                needs.add(new Need(NO_WORKER, ready, what, "kalends worker"));
            }
            return;
        }
        stranded(needs, workers, stats.queueDepth());
    }

    /** Queues in which runs wait while all workers take others. */
    private static void stranded(List<Need> needs, List<WorkerView> workers, Map<String, Long> depthByQueue) {
        long ready = 0;
        List<String> queues = new ArrayList<>();
        for (Map.Entry<String, Long> depth : depthByQueue.entrySet()) {
            boolean taken = workers.stream().anyMatch(worker -> takesWork(worker) && takes(worker, depth.getKey()));
            if (depth.getValue() > 0 && !taken) {
                ready += depth.getValue();
                queues.add(depth.getKey());
            }
        }
        if (!queues.isEmpty()) {
            needs.add(new Need(
                    NO_WORKER,
                    ready,
                    NumberText.counted(ready, "run") + " ready and no live worker takes queue "
                            + String.join(", ", queues),
                    "kalends worker --queue " + String.join(",", queues)));
        }
    }

    private static boolean takesWork(WorkerView worker) {
        return worker.state().equals("live");
    }

    private static boolean takes(WorkerView worker, String queue) {
        return worker.queues().isEmpty() || worker.queues().contains(queue);
    }

    private static void dead(List<Need> needs, long dead) {
        if (dead > 0) {
            needs.add(new Need(
                    DEAD_LETTERS, dead, NumberText.counted(dead, "run") + " used up all attempts", "kalends dlq ls"));
        }
    }

    private static void skew(List<Need> needs, StatsView.Skew skew) {
        if (skew.count() > 0 && skew.p99Ms() > skew.sloMs()) {
            needs.add(new Need(
                    SKEW_BREACH,
                    skew.breaches(),
                    "fires are late: p99 " + NumberText.ms(skew.p99Ms()) + " of "
                            + DurationText.words(skew.sloMs()) + " allowed, "
                            + NumberText.counted(skew.breaches(), "breach"),
                    "kalends runs --since " + DurationText.format(skew.windowMs()) + " --late "
                            + DurationText.format(skew.sloMs())));
        }
    }
}
