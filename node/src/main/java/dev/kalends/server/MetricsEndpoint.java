package dev.kalends.server;

import dev.kalends.api.ApiException;
import dev.kalends.api.StatsView;
import dev.kalends.api.WorkerView;
import dev.kalends.runtime.Meters.Counter;
import dev.kalends.runtime.Meters.Stage;
import dev.kalends.runtime.PartitionHandle;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** Answers {@code GET /metrics} in Prometheus' text format, version 0.0.4. */
final class MetricsEndpoint {
    private static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";
    private static final double[] QUANTILES = {0.5, 0.9, 0.99, 0.999};

    private final Services services;
    private final NodeFacts facts;
    private final Figures figures;
    private final Fleet fleet;
    private final WorkerRoster roster;
    private final HealthEndpoint health;

    MetricsEndpoint(Services services, NodeFacts facts, Routes.Parts parts) {
        this.services = services;
        this.facts = facts;
        this.figures = parts.figures();
        this.fleet = parts.fleet();
        this.roster = parts.roster();
        this.health = parts.health();
    }

    Answer metrics(Request request) {
        request.query().allow(Set.of());
        StringBuilder text = new StringBuilder(16 * 1024);
        info(text);
        counters(text);
        skew(text);
        Scope every = new Scope(Optional.empty(), request.scope().principal());
        counted(text, every);
        workers(text);
        gauge(text, "kalends_ledger_expected", "Fires that the schedules ask for.", (double)
                figures.ledger().last().expected());
        gauge(text, "kalends_ledger_accounted", "Fires with a verdict or an open run.", (double)
                figures.ledger().last().accounted());
        head(text, "kalends_leader_changes_total", "Terms that began here after another one.", "counter");
        sample(text, "kalends_leader_changes_total", "", (double) figures.leaderChanges());
        partitions(text);
        clock(text);
        return new Answer.Text(200, CONTENT_TYPE, text.toString());
    }

    /** Left out while a partition cannot be read that is held elsewhere: a sum of the others would look like a fall. */
    private void counted(StringBuilder text, Scope every) {
        StringBuilder whole = new StringBuilder();
        try {
            counts(whole, every);
        } catch (ApiException e) {
            return;
        }
        text.append(whole);
    }

    private void counts(StringBuilder text, Scope every) {
        Figures.Counted counted = figures.counted(every);
        byWord(text, "kalends_jobs", "Jobs by state.", "state", counted.jobs());
        byWord(text, "kalends_open_runs", "Open runs by state.", "state", counted.runs());
        byWord(text, "kalends_queue_depth", "Runs that wait for a worker.", "queue", figures.queueDepth(every));
        gauge(text, "kalends_dead_letters", "Runs that used up their attempts.", (double) counted.dead());
    }

    private void info(StringBuilder text) {
        head(text, "kalends_build_info", "The running build.", "gauge");
        sample(
                text,
                "kalends_build_info",
                "version=\"" + escaped(facts.version()) + "\",mode=\"" + escaped(facts.mode()) + "\",node=\""
                        + escaped(facts.name()) + "\"",
                1);
        gauge(text, "kalends_uptime_seconds", "Seconds since the node started.", figures.uptimeMs() / 1000.0);
        gauge(text, "kalends_ready", "1 while requests that change something can be answered.", health.ready() ? 1 : 0);
    }

    private void counters(StringBuilder text) {
        for (Counter counter : Counter.values()) {
            String name = "kalends_" + counter.name().toLowerCase(Locale.ROOT) + "_total";
            head(
                    text,
                    name,
                    "Count of " + counter.name().toLowerCase(Locale.ROOT).replace('_', ' ') + ".",
                    "counter");
            sample(text, name, "", (double) services.meters().total(counter));
        }
    }

    private void skew(StringBuilder text) {
        String name = "kalends_fire_skew_seconds";
        head(text, name, "First start minus due instant, by stage, since the node started.", "summary");
        for (Stage stage : Stage.values()) {
            Histogram histogram = figures.window().sinceStart(stage);
            String label = "stage=\"" + stage.name().toLowerCase(Locale.ROOT) + "\"";
            for (double quantile : QUANTILES) {
                double ms =
                        histogram.getTotalCount() == 0 ? Double.NaN : histogram.getValueAtPercentile(quantile * 100);
                sample(text, name, label + ",quantile=\"" + quantile + "\"", ms / 1000);
            }
            double meanMs = histogram.getTotalCount() == 0 ? 0 : histogram.getMean();
            sample(text, name + "_sum", label, meanMs * histogram.getTotalCount() / 1000);
            sample(text, name + "_count", label, (double) histogram.getTotalCount());
        }
        recentSkew(text);
        gauge(
                text,
                "kalends_skew_slo_seconds",
                "The promised bound of fire skew.",
                services.meters().sloMs() / 1000.0);
    }

    /** What an alert judges by: the other figures hold every start since this node began. */
    private void recentSkew(StringBuilder text) {
        StatsView.Skew recent = figures.window().skew();
        String name = "kalends_recent_skew_seconds";
        head(
                text,
                name,
                "First start minus due instant, of starts in the last " + recent.windowMs() / 1000 + " s.",
                "gauge");
        boolean none = recent.count() == 0;
        sample(text, name, "quantile=\"0.5\"", none ? Double.NaN : recent.p50Ms() / 1000);
        sample(text, name, "quantile=\"0.99\"", none ? Double.NaN : recent.p99Ms() / 1000);
        sample(text, name, "quantile=\"0.999\"", none ? Double.NaN : recent.p999Ms() / 1000);
    }

    /** Workers that speak to this node; the sums over all nodes are those of the cluster. */
    private void workers(StringBuilder text) {
        Map<String, Long> countByState = new TreeMap<>(Map.of("live", 0L, "draining", 0L, "silent", 0L));
        Map<String, Long> liveByQueue = new TreeMap<>();
        for (WorkerView worker : roster.views()) {
            countByState.merge(worker.state(), 1L, Long::sum);
            if (worker.state().equals("live")) {
                worker.queues().forEach(queue -> liveByQueue.merge(queue, 1L, Long::sum));
            }
        }
        byWord(text, "kalends_workers", "Workers that speak to this node.", "state", countByState);
        byWord(text, "kalends_queue_workers", "Live workers that take runs of a queue.", "queue", liveByQueue);
    }

    private void partitions(StringBuilder text) {
        per(
                text,
                "kalends_partition_leading",
                "1 where this node leads.",
                one -> one.status().leading() ? 1 : 0);
        if (!fleet.standby().isAll()) {
            per(text, "kalends_partition_held", "1 where this node holds a replica.", one -> one.held() ? 1 : 0);
        }
        per(text, "kalends_partition_epoch", "The last term that began here.", one ->
                (double) one.status().epoch());
        per(text, "kalends_partition_position", "Up to where the replica here has applied.", one ->
                (double) one.status().position());
        per(text, "kalends_partition_lag", "Positions that the replica here is behind.", one ->
                (double) one.status().behind());
        per(
                text,
                "kalends_partition_inbox",
                "Commands that wait.",
                one -> one.status().inbox());
        per(
                text,
                "kalends_partition_timers",
                "Timers in the wheel.",
                one -> one.status().pendingTimers());
        per(
                text,
                "kalends_partition_wheel_lag_seconds",
                "How late the last timers were decided.",
                one -> one.status().wheelLagMs() / 1000.0);
        per(
                text,
                "kalends_partition_leases",
                "Leases of runs.",
                one -> one.status().leases());
        per(
                text,
                "kalends_partition_parked_claims",
                "Claims that wait for work.",
                one -> one.status().parked());
    }

    private void clock(StringBuilder text) {
        head(text, "kalends_clock_offset_seconds", "Wall clocks of the other nodes less that of this one.", "gauge");
        fleet.watch()
                .clockOffsets()
                .forEach((node, sample) -> sample(
                        text,
                        "kalends_clock_offset_seconds",
                        "peer=\"" + escaped(node) + "\"",
                        sample.offsetMs() / 1000.0));
    }

    private interface Figure {
        double of(PartitionHandle handle);
    }

    private void per(StringBuilder text, String name, String help, Figure figure) {
        head(text, name, help, "gauge");
        for (PartitionHandle handle : fleet.replicas()) {
            sample(text, name, "partition=\"" + handle.partition() + "\"", figure.of(handle));
        }
    }

    private static void byWord(
            StringBuilder text, String name, String help, String label, Map<String, Long> valueByWord) {
        head(text, name, help, "gauge");
        valueByWord.forEach((word, value) -> sample(text, name, label + "=\"" + escaped(word) + "\"", (double) value));
    }

    private static void gauge(StringBuilder text, String name, String help, double value) {
        head(text, name, help, "gauge");
        sample(text, name, "", value);
    }

    private static void head(StringBuilder text, String name, String help, String type) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    private static void sample(StringBuilder text, String name, String labels, double value) {
        text.append(name);
        if (!labels.isEmpty()) {
            text.append('{').append(labels).append('}');
        }
        boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
        text.append(' ')
                .append(whole ? Long.toString((long) value) : Double.toString(value))
                .append('\n');
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}
