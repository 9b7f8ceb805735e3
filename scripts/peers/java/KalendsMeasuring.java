package dev.kalends.peers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Measures Kalends by its own benchmark, which starts a node on an empty directory for each workload. */
final class KalendsMeasuring implements Measuring {
    private static final String FAULT = "FAULT";
    private static final String RESTART_WAITING = "10000";

    private final Options options;
    private final Programs programs;
    private final Children children;
    private final Path log;

    KalendsMeasuring(Options options, Programs programs, Children children) {
        this.options = options;
        this.programs = programs;
        this.children = children;
        this.log = programs.fetched().resolve("kalends.log");
    }

    @Override
    public void measure(Workload workload, Results into) throws Exception {
        switch (workload) {
            case SUBMIT -> submit(into);
            case BULK -> {
                if (!options.workloads().contains(Workload.SUBMIT)) {
                    submit(into);
                }
            }
            case HERD -> herd(into);
            case STEADY -> steady(into);
            case DISK -> disk(into);
            case RESTART -> restart(into);
        }
    }

    /** One run gives the single submits and the bulk. */
    private void submit(Results into) throws IOException, InterruptedException {
        Map<String, Double> figures = bench(into, "submit", "--jobs", Integer.toString(options.waiting()));
        if (options.workloads().contains(Workload.SUBMIT)) {
            put(into, Measure.SUBMIT_P50, figures.get("single p50"));
            put(into, Measure.SUBMIT_P99, figures.get("single p99"));
        }
        if (options.workloads().contains(Workload.BULK)) {
            put(into, Measure.BULK, figures.get("bulk"));
        }
    }

    private void herd(Results into) throws IOException, InterruptedException {
        Map<String, Double> figures = bench(into, "herd", "--jobs", Integer.toString(options.jobs()));
        put(into, Measure.HERD, figures.get("rate"));
        put(into, Measure.HERD_EARLY, percent(figures.get("early"), options.jobs()));
    }

    private void steady(Results into) throws IOException, InterruptedException {
        Map<String, Double> figures = bench(
                into,
                "steady",
                "--rate",
                Integer.toString(options.rate()),
                "--for",
                options.seconds() + "s",
                "--warmup",
                options.warmSeconds() + "s");
        put(into, Measure.SKEW_P50, figures.get("skew p50"));
        put(into, Measure.SKEW_P99, figures.get("skew p99"));
        put(into, Measure.SKEW_P999, figures.get("skew p99.9"));
        put(into, Measure.STEADY_EARLY, percent(figures.get("early"), options.rate() * options.seconds()));
    }

    private void disk(Results into) throws IOException, InterruptedException {
        Map<String, Double> figures = bench(
                into,
                "backlog",
                "--jobs",
                Integer.toString(options.waiting()),
                "--rate",
                "100",
                "--for",
                "3s",
                "--warmup",
                "1s");
        put(into, Measure.DISK, figures.get("disk a waiting job"));
    }

    private void restart(Results into) throws IOException, InterruptedException {
        put(
                into,
                Measure.RESTART,
                bench(into, "restart", "--jobs", RESTART_WAITING).get("fires again after"));
    }

    private static Double percent(Double count, int of) {
        return count == null ? null : 100 * count / of;
    }

    private static void put(Results into, Measure measure, Double value) {
        if (value != null) {
            into.add(measure, value);
        }
    }

    /** Runs the benchmark; in a pipe it writes name, value and unit of a figure on a line; with a fault, none. */
    private Map<String, Double> bench(Results into, String... words) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("bench"));
        all.addAll(List.of(words));
        ProcessBuilder builder =
                new ProcessBuilder(programs.kalends(all)).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment()
                .merge("KALENDS_JAVA_OPTS", "-Djava.io.tmpdir=" + children.root(), (given, ours) -> given + " " + ours);
        Process process = children.start(builder);
        Map<String, Double> figures = new HashMap<>();
        boolean faulty = false;
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] columns = line.split("\t", -1);
                if (columns[0].equals(FAULT)) {
                    faulty = true;
                    into.fault(words[0] + ": " + columns[1]);
                } else if (columns.length > 1) {
                    figures.put(columns[0], Double.valueOf(columns[1]));
                }
            }
        }
        int status = process.waitFor();
        children.end(process);
        if (figures.isEmpty()) {
            throw new IOException("kalends bench gave nothing; status=" + status + " log=" + log);
        }
        return faulty ? Map.of() : figures;
    }

    @Override
    public String server() {
        return "";
    }

    @Override
    public void close() {
        // each node went with its workload
    }
}
