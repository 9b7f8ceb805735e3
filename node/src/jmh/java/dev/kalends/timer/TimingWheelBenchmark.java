package dev.kalends.timer;

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
    private static final int RECENT = 1_000;

    /** Timers that wait. */
    @Param({"1000", "10000", "100000", "1000000", "10000000"})
    public int timers;

    private final Delays delays = new Delays();
    private final long[] recent = new long[RECENT];
    private TimingWheel wheel = new TimingWheel(Delays.START_MS);
    private long nowMs;
    private int oldest;

    /** Fills the wheel. */
    @Setup(Level.Trial)
    public void fill() {
        wheel = new TimingWheel(Delays.START_MS);
        nowMs = Delays.START_MS;
        for (int i = 0; i < timers; i++) {
            wheel.schedule(nowMs + delays.nextMs(), i);
        }
        for (int i = 0; i < RECENT; i++) {
            recent[i] = wheel.schedule(nowMs + delays.nextMs(), i);
        }
    }

    /** A timer comes and is taken back at once, in the midst of the others. */
    @Benchmark
    @OperationsPerInvocation(Delays.BATCH)
    public boolean scheduleAndCancel() {
        boolean all = true;
        for (int i = 0; i < Delays.BATCH; i++) {
            all &= wheel.cancel(wheel.schedule(nowMs + delays.nextMs(), i));
        }
        return all;
    }

    /** A timer comes, and the one that came a thousand timers before is taken back. */
    @Benchmark
    @OperationsPerInvocation(Delays.BATCH)
    public boolean scheduleAndCancelAnOlder() {
        boolean all = true;
        for (int i = 0; i < Delays.BATCH; i++) {
            oldest = oldest == RECENT - 1 ? 0 : oldest + 1;
            all &= wheel.cancel(recent[oldest]);
            recent[oldest] = wheel.schedule(nowMs + delays.nextMs(), i);
        }
        return all;
    }

    /** Timers go out as time passes, and each is replaced by a new one. */
    @Benchmark
    @OperationsPerInvocation(Delays.BATCH)
    public int scheduleAndExpire(Blackhole sink) {
        int left = Delays.BATCH;
        while (left > 0) {
            int fired = wheel.poll(nowMs, left, (dueMs, payload) -> {
                sink.consume(payload);
                wheel.schedule(dueMs + delays.nextMs(), payload);
            });
            left -= fired;
            if (left > 0) {
                nowMs = Math.max(nowMs + 1, wheel.nextDueMs());
            }
        }
        return left;
    }
}
