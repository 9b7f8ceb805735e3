package dev.kalends.tui.model;

import dev.kalends.api.PartitionView;
import dev.kalends.api.PauseView;
import dev.kalends.api.StatsView;
import dev.kalends.api.WorkerView;
import dev.kalends.schedule.DurationText;
import dev.kalends.tui.text.Figures;
import java.util.ArrayList;
import java.util.List;

/**
 * Something that needs a person.
 *
 * @param code a stable word
 * @param what what is the matter, with figures
 * @param todo the command to type next
 */
public record Need(String code, String what, String todo) {
    /** All there is, the gravest first. */
    public static List<Need> of(StatsView stats, List<PartitionView> partitions, List<WorkerView> workers) {
        List<Need> needs = new ArrayList<>();
        ledger(needs, stats.ledger());
        early(needs, stats.skew());
        leaders(needs, partitions);
        missed(needs, partitions);
        paused(needs, stats);
        workers(needs, workers, stats.runs().getOrDefault("ready", 0L));
        dead(needs, stats.dead());
        skew(needs, stats.skew());
        return needs;
    }

    private static void ledger(List<Need> needs, StatsView.Ledger ledger) {
        if (ledger.expected() != ledger.accounted()) {
            long gap = Math.abs(ledger.expected() - ledger.accounted());
            String what = ledger.accounted() < ledger.expected() ? "fires without a verdict" : "verdicts too many";
            needs.add(new Need(
                    "ledger_gap",
                    gap + " " + what + "; expected=" + ledger.expected() + " accounted=" + ledger.accounted(),
                    "kalends doctor"));
        }
    }

    private static void early(List<Need> needs, StatsView.Skew skew) {
        if (skew.early() > 0) {
            needs.add(new Need(
                    "early",
                    counted(skew.early(), "run") + " began before it was due",
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
                    "no_leader",
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
                    counted(left, "job") + " missed fires that are still to be decided" + rest,
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
                    what + (pause.resuming() ? " goes on by and by after a pause" : " is paused") + " since "
                            + pause.since() + until + reason,
                    "kalends resume --all" + (pause.tenant() == null ? "" : " -T " + pause.tenant())));
        }
    }

    private static void workers(List<Need> needs, List<WorkerView> workers, long ready) {
        List<String> silent = new ArrayList<>();
        boolean live = false;
        for (WorkerView worker : workers) {
            live |= worker.state().equals("live");
            if (worker.state().equals("silent")) {
                silent.add(worker.id() + " for " + DurationText.words(worker.seenAgoMs()));
            }
        }
        if (!silent.isEmpty()) {
            needs.add(new Need(
                    "silent_worker",
                    counted(silent.size(), "worker") + " silent: " + String.join(", ", silent),
                    "kalends workers"));
        }
        if (!live && ready > 0) {
            needs.add(new Need("no_worker", counted(ready, "run") + " ready and no worker is live", "kalends worker"));
        }
    }

    private static void dead(List<Need> needs, long dead) {
        if (dead > 0) {
            needs.add(new Need("dead_letters", counted(dead, "run") + " used up all attempts", "kalends dlq ls"));
        }
    }

    private static void skew(List<Need> needs, StatsView.Skew skew) {
        if (skew.count() > 0 && skew.p99Ms() > skew.sloMs()) {
            needs.add(new Need(
                    "skew_breach",
                    "fires are late: p99 " + Figures.ms(skew.p99Ms()) + " of "
                            + DurationText.words(skew.sloMs()) + " allowed, "
                            + counted(skew.breaches(), "breach"),
                    "kalends runs --since " + DurationText.format(skew.windowMs()) + " --late "
                            + DurationText.format(skew.sloMs())));
        }
    }

    private static String counted(long count, String thing) {
        String plural = thing.endsWith("ch") ? thing + "es" : thing + "s";
        return Figures.count(count) + " " + (count == 1 ? thing : plural);
    }
}
