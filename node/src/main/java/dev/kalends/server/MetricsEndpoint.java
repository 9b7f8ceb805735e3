package dev.kalends.server;

import dev.kalends.runtime.Meters.Counter;
import dev.kalends.runtime.Meters.Stage;
import dev.kalends.runtime.PartitionHandle;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.HdrHistogram.Histogram;

/** Answers {@code GET /metrics} in Prometheus' text format, version 0.0.4. */
final class MetricsEndpoint {
    private static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";
    private static final double[] QUANTILES = {0.5, 0.9, 0.99, 0.999};

    private final Services services;
    private final NodeFacts facts;
    private final Figures figures;

    MetricsEndpoint(Services services, NodeFacts facts, Figures figures) {
        this.services = services;
        this.facts = facts;
        this.figures = figures;
    }

    Answer metrics(Request request) {
        request.query().allow(Set.of());
        StringBuilder text = new StringBuilder(16 * 1024);
        info(text);
        counters(text);
        skew(text);
        Scope every = new Scope(Optional.empty(), request.scope().principal());
        Figures.Counted counted = figures.counted(every);
        byWord(text, "kalends_jobs", "Jobs by state.", "state", counted.jobs());
        byWord(text, "kalends_open_runs", "Open runs by state.", "state", counted.runs());
        byWord(text, "kalends_queue_depth", "Runs that wait for a worker.", "queue", figures.queueDepth(every));
        gauge(text, "kalends_dead_letters", "Runs that used up their attempts.", (double) counted.dead());
        gauge(text, "kalends_ledger_expected", "Fires that the schedules ask for.", (double)
                figures.ledger().last().expected());
        gauge(text, "kalends_ledger_accounted", "Fires with a verdict or an open run.", (double)
                figures.ledger().last().accounted());
        head(text, "kalends_leader_changes_total", "Changes of partition leadership seen.", "counter");
        sample(text, "kalends_leader_changes_total", "", (double) figures.leaderChanges());
        partitions(text);
        return new Answer.Text(200, CONTENT_TYPE, text.toString());
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
        gauge(
                text,
                "kalends_skew_slo_seconds",
                "The promised bound of fire skew.",
                services.meters().sloMs() / 1000.0);
    }

    private void partitions(StringBuilder text) {
        per(
                text,
                "kalends_partition_leading",
                "1 where this node leads.",
                handle -> handle.status().leading() ? 1 : 0);
        per(
                text,
                "kalends_wheel_timers",
                "Timers in the wheel.",
                handle -> handle.status().pendingTimers());
        per(
                text,
                "kalends_wheel_lag_seconds",
                "How late the last timers were decided.",
                handle -> handle.status().wheelLagMs() / 1000.0);
        per(
                text,
                "kalends_inbox_commands",
                "Commands that wait.",
                handle -> handle.status().inbox());
        per(text, "kalends_leases", "Leases of runs.", handle -> handle.status().leases());
        per(
                text,
                "kalends_parked_claims",
                "Claims that wait for work.",
                handle -> handle.status().parked());
    }

    private interface Figure {
        double of(PartitionHandle handle);
    }

    private void per(StringBuilder text, String name, String help, Figure figure) {
        head(text, name, help, "gauge");
        for (PartitionHandle handle : services.partitions().all()) {
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
