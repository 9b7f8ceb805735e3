package dev.kalends.timer;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What a timer costs in a wheel that holds many others, in nanoseconds.
 *
 * <p>The wheel is in a steady state: due instants are spread evenly over the next hour, and for each timer that leaves
 * one comes. The numbers say "for each timer", with its share of the moves between levels.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xmx1g", "-XX:+UseSerialGC"})
public class TimingWheelBenchmark {
    private static final int BATCH = 1_000;
    private static final long START_MS = 1_800_000_000_000L;
    private static final int HORIZON_MS = 3_600_000;
    private static final int DELAYS = 1 << 16;

    /** Timers that wait. */
    @Param({"1000", "10000", "100000", "1000000", "10000000"})
    public int timers;

    private final int[] delaysMs = new int[DELAYS];
    private TimingWheel wheel = new TimingWheel(START_MS);
    private long nowMs;
    private int next;

    /** Fills the wheel. */
    @Setup(Level.Trial)
    public void fill() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < DELAYS; i++) {
            delaysMs[i] = random.nextInt(1, HORIZON_MS);
        }
        wheel = new TimingWheel(START_MS);
        nowMs = START_MS;
        for (int i = 0; i < timers; i++) {
            wheel.schedule(nowMs + random.nextInt(1, HORIZON_MS), i);
        }
    }

    private int delayMs() {
        return delaysMs[next++ & (DELAYS - 1)];
    }

    /** A timer comes and is taken back at once, in the midst of the others. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public boolean scheduleAndCancel() {
        boolean all = true;
        for (int i = 0; i < BATCH; i++) {
            all &= wheel.cancel(wheel.schedule(nowMs + delayMs(), i));
        }
        return all;
    }

    /** Timers go out as time passes, and each is replaced by a new one. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public int scheduleAndExpire(Blackhole sink) {
        int left = BATCH;
        while (left > 0) {
            int fired = wheel.poll(nowMs, left, (dueMs, payload) -> {
                sink.consume(payload);
                wheel.schedule(dueMs + delayMs(), payload);
            });
            left -= fired;
            if (left > 0) {
                nowMs = Math.max(nowMs + 1, wheel.nextDueMs());
            }
        }
        return left;
    }
}
