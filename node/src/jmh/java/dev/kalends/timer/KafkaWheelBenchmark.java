package dev.kalends.timer;

import java.util.concurrent.TimeUnit;
import org.apache.kafka.server.util.timer.KafkaWheel;
import org.apache.kafka.server.util.timer.TimerTask;
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

/** {@link TimingWheelBenchmark}'s work on Kafka's {@code TimingWheel}. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xmx6g", "-XX:+UseParallelGC"})
public class KafkaWheelBenchmark {
    /** Timers that wait. */
    @Param({"1000", "10000", "100000", "1000000", "10000000"})
    public int timers;

    private final Delays delays = new Delays();
    private KafkaWheel wheel = new KafkaWheel(Delays.START_MS);
    private long nowMs;
    private int left;

    /** What a timer carries. */
    private static final class Task extends TimerTask {
        Task() {
            super(0);
        }

        @Override
        public void run() {
            throw new UnsupportedOperationException("timers are only counted");
        }
    }

    /** Fills the wheel. */
    @Setup(Level.Trial)
    public void fill() {
        wheel = new KafkaWheel(Delays.START_MS);
        nowMs = Delays.START_MS;
        for (int i = 0; i < timers; i++) {
            wheel.schedule(new Task(), nowMs + delays.nextMs());
        }
    }

    /** A timer comes and is taken back at once. */
    @Benchmark
    @OperationsPerInvocation(Delays.BATCH)
    public void scheduleAndCancel() {
        for (int i = 0; i < Delays.BATCH; i++) {
            wheel.schedule(new Task(), nowMs + delays.nextMs()).timerTask.cancel();
        }
    }

    /** Timers go out as time passes, and each is replaced by a new one. */
    @Benchmark
    @OperationsPerInvocation(Delays.BATCH)
    public long scheduleAndExpire(Blackhole sink) {
        left += Delays.BATCH;
        while (left > 0) {
            nowMs = wheel.expire(entry -> {
                sink.consume(entry);
                wheel.schedule(new Task(), entry.expirationMs + delays.nextMs());
                left--;
            });
        }
        return nowMs;
    }
}
