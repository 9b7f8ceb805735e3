package dev.kalends.cli.bench;

import dev.kalends.api.JobRequest;
import dev.kalends.api.Json;
import dev.kalends.schedule.InstantText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Submits one job after the other, then many in bulk, with due times all over the coming year.
 *
 * @param jobs in bulk
 */
record SubmitScenario(int jobs) {
    private static final int SINGLE_WARMUP = 2_000;
    private static final int SINGLE_MEASURED = 5_000;
    private static final int BULK_WARMUP = 50_000;
    private static final long YEAR_MS = 365L * 86_400_000;
    private static final long SEED = 20_260_308;

    Report run(Bench bench) throws IOException {
        SplittableRandom random = new SplittableRandom(SEED);
        bench.tell("submitting " + SINGLE_MEASURED + " jobs one by one");
        for (int i = 0; i < SINGLE_WARMUP; i++) {
            bench.client().submit(job(bench, random));
        }
        Histogram micros = new Histogram(3);
        for (int i = 0; i < SINGLE_MEASURED; i++) {
            JobRequest job = job(bench, random);
            long startedNs = bench.clock().nowNs();
            bench.client().submit(job);
            micros.recordValue(TimeUnit.NANOSECONDS.toMicros(bench.clock().nowNs() - startedNs));
        }
        bench.tell("submitting " + jobs + " jobs in bulk");
        List<String> faults = new ArrayList<>();
        bulk(bench, random, BULK_WARMUP, faults);
        long startedNs = bench.clock().nowNs();
        bulk(bench, random, jobs, faults);
        double seconds = (bench.clock().nowNs() - startedNs) / 1e9;
        List<Report.Figure> figures = List.of(
                new Report.Figure("single p50", micros.getValueAtPercentile(50) / 1e3, "ms"),
                new Report.Figure("single p99", micros.getValueAtPercentile(99) / 1e3, "ms"),
                new Report.Figure("bulk", jobs / seconds, "jobs/s"));
        return new Report("submit: durable before every answer", figures, Optional.empty(), faults);
    }

    private static void bulk(Bench bench, SplittableRandom random, int count, List<String> faults) throws IOException {
        bench.client()
                .submitBulk("bench-" + random.nextLong(), JobLines.of(count, _ -> line(bench, random)), result -> {
                    if (result.error() != null && faults.isEmpty()) {
                        faults.add("a submit was refused: " + result.error().message());
                    }
                });
    }

    private static JobRequest job(Bench bench, SplittableRandom random) {
        return Json.readRequest(JobRequest.class, line(bench, random).getBytes(StandardCharsets.UTF_8));
    }

    private static String line(Bench bench, SplittableRandom random) {
        return "{\"at\":\"" + InstantText.format(bench.nowMs() + 86_400_000 + random.nextLong(YEAR_MS))
                + "\",\"noop\":true}";
    }
}
