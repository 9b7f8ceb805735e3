package dev.kalends.timer;

import java.util.concurrent.TimeUnit;
import org.agrona.DeadlineTimerWheel;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/**
 * {@link TimingWheelBenchmark}'s work on Agrona's {@code DeadlineTimerWheel}, ticks of 1 ms in 4,096 spokes.
 *
 * <p>It passes over every tick and every timer of a spoke, so that a sparse wheel pays for the empty time and a full
 * one
 * for the other rounds: an expiry says what both cost.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xmx2g", "-XX:+UseSerialGC"})
public class AgronaBenchmark {
    private static final int SPOKES = 4_096;

    /** Timers that wait. */
    @Param({"1000", "10000", "100000", "1000000", "10000000"})
    public int timers;

    private final Delays delays = new Delays();
    private DeadlineTimerWheel wheel = wheel(1);
    private long nowMs;

    static DeadlineTimerWheel wheel(int timers) {
        int aSpoke = Integer.highestOneBit(Math.max(1, timers / SPOKES)) * 2;
        return new DeadlineTimerWheel(TimeUnit.MILLISECONDS, Delays.START_MS, 1, SPOKES, aSpoke);
    }

    /** Fills the wheel. */
    @Setup(Level.Trial)
    public void fill() {
        wheel = wheel(timers);
        nowMs = Delays.START_MS;
        for (int i = 0; i < timers; i++) {
            wheel.scheduleTimer(nowMs + delays.nextMs());
        }
    }

    /** A timer comes and is taken back at once. */
    @Benchmark
    @OperationsPerInvocation(Delays.BATCH)
    public boolean scheduleAndCancel() {
        boolean all = true;
        for (int i = 0; i < Delays.BATCH; i++) {
            all &= wheel.cancelTimer(wheel.scheduleTimer(nowMs + delays.nextMs()));
        }
        return all;
    }

    /** Timers go out as time passes, and each is replaced by a new one. */
    @Benchmark
    @OperationsPerInvocation(Delays.BATCH)
    public int scheduleAndExpire(Blackhole sink) {
        int left = Delays.BATCH;
        while (left > 0) {
            int fired = wheel.poll(
                    nowMs,
                    (unit, now, timer) -> {
                        sink.consume(timer);
                        wheel.scheduleTimer(now + delays.nextMs());
                        return true;
                    },
                    left);
            left -= fired;
            if (left > 0 && wheel.currentTickTime() >= nowMs) {
                nowMs++;
            }
        }
        return left;
    }
}
