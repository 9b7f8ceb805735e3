package dev.kalends.cli.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Submits single jobs at a rate that does not wait for the node: a submit's time counts from the instant at which it
 * was
 * meant to be sent, so what queues up behind a slow answer is in the figures.
 *
 * @param rate submits a second
 * @param warmupMs before anything counts
 * @param measuredMs how long it counts
 */
record OpenSubmitScenario(int rate, long warmupMs, long measuredMs) implements Scenario {
    /** Submits that may be under way at once. */
    private static final int SENDERS = 64;

    @Override
    public Report run(Bench bench) throws InterruptedException {
        bench.tell("submitting " + rate + " single jobs a second for " + (warmupMs + measuredMs) / 1_000 + " s");
        Sending sending = new Sending(bench, this);
        List<String> faults = new ArrayList<>();
        try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> each = new ArrayList<>();
            for (int i = 0; i < SENDERS; i++) {
                SplittableRandom random = new SplittableRandom(i);
                each.add(senders.submit(() -> sending.send(random)));
            }
            for (Future<?> sender : each) {
                sender.get();
            }
        } catch (ExecutionException e) {
            faults.add("a submit failed: " + e.getCause());
        }
        Histogram micros = sending.micros;
        double seconds = (bench.clock().nowNs() - sending.startedNs) / 1e9;
        List<Figure> figures = List.of(
                new Figure("asked for", rate, "jobs/s"),
                new Figure("reached", submits() / seconds, "jobs/s"),
                new Figure("single p50", micros.getValueAtPercentile(50) / 1e3, "ms"),
                new Figure("single p99", micros.getValueAtPercentile(99) / 1e3, "ms"),
                new Figure("single p99.9", micros.getValueAtPercentile(99.9) / 1e3, "ms"),
                new Figure("single max", micros.getMaxValue() / 1e3, "ms"));
        return new Report(
                "submit: " + rate + " single jobs a second, from the instant each was meant to be sent",
                figures,
                Optional.of(new Report.Distribution("one submit, microseconds", "submit-us", micros)),
                faults);
    }

    private long submits() {
        return (warmupMs + measuredMs) * rate / 1_000;
    }

    /** The senders' common state. */
    private static final class Sending {
        private final Bench bench;
        private final OpenSubmitScenario plan;
        private final long startedNs;
        private final AtomicLong next = new AtomicLong();
        private final Histogram micros = new ConcurrentHistogram(3);

        Sending(Bench bench, OpenSubmitScenario plan) {
            this.bench = bench;
            this.plan = plan;
            this.startedNs = bench.clock().nowNs();
        }

        void send(SplittableRandom random) {
            long spaceNs = TimeUnit.SECONDS.toNanos(1) / plan.rate;
            long count = plan.submits();
            long measuredFrom = plan.warmupMs * plan.rate / 1_000;
            for (long i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                long meantNs = startedNs + i * spaceNs;
                for (long leftNs = meantNs - bench.clock().nowNs();
                        leftNs > 0;
                        leftNs = meantNs - bench.clock().nowNs()) {
                    LockSupport.parkNanos(leftNs);
                }
                bench.client().submit(SubmitScenario.job(bench, random));
                if (i >= measuredFrom) {
                    micros.recordValue(
                            TimeUnit.NANOSECONDS.toMicros(bench.clock().nowNs() - meantNs));
                }
            }
        }
    }
}
