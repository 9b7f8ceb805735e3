package dev.kalends.cli.bench;

import dev.kalends.api.JobRequest;
import dev.kalends.api.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Submits one job after the other, then many in bulk, with due times all over the coming year.
 *
 * @param jobs in bulk
 * @param singles one by one, {@value #WARMUP_TIMES} times as many before that are not measured: it takes about 15,000
 *     until the JVMs have compiled what is used, and the median falls to half until then
 */
record SubmitScenario(int jobs, int singles) implements Scenario {
    /** One by one at most. */
    static final int SINGLES_MAX = 5_000;

    private static final int WARMUP_TIMES = 4;

    private static final long YEAR_MS = 365L * 86_400_000;
    private static final long SEED = 20_260_308;

    @Override
    public Report run(Bench bench) throws IOException {
        SplittableRandom random = new SplittableRandom(SEED);
        int warmups = WARMUP_TIMES * singles;
        bench.tell("submitting " + (warmups + singles) + " jobs one by one, the last " + singles + " are measured");
        for (int i = 0; i < warmups; i++) {
            bench.client().submit(job(bench, random));
        }
        Histogram micros = new Histogram(3);
        for (int i = 0; i < singles; i++) {
            JobRequest job = job(bench, random);
            long startedNs = bench.clock().nowNs();
            bench.client().submit(job);
            micros.recordValue(TimeUnit.NANOSECONDS.toMicros(bench.clock().nowNs() - startedNs));
        }
        bench.tell("submitting " + jobs + " jobs in bulk, twice");
        Bulk bulk = new Bulk(bench);
        bulk.submitWaiting(jobs);
        long startedNs = bench.clock().nowNs();
        bulk.submitWaiting(jobs);
        double seconds = (bench.clock().nowNs() - startedNs) / 1e9;
        List<Figure> figures = List.of(
                new Figure("single p50", micros.getValueAtPercentile(50) / 1e3, "ms"),
                new Figure("single p99", micros.getValueAtPercentile(99) / 1e3, "ms"),
                new Figure("single max", micros.getMaxValue() / 1e3, "ms"),
                new Figure("bulk", jobs / seconds, "jobs/s"));
        return new Report(
                "submit: durable before every answer",
                figures,
                Optional.of(new Report.Distribution("one submit, microseconds", "submit-us", micros)),
                bulk.faults());
    }

    static JobRequest job(Bench bench, SplittableRandom random) {
        String line = Bulk.line(bench.nowMs() + 86_400_000 + random.nextLong(YEAR_MS));
        return Json.readRequest(JobRequest.class, line.getBytes(StandardCharsets.UTF_8));
    }
}
