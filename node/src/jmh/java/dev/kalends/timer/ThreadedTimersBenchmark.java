package dev.kalends.timer;

import io.netty.util.HashedWheelTimer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.TearDown;

/**
 * Netty's {@code HashedWheelTimer} and the JDK's {@code ScheduledThreadPoolExecutor}: both have a thread and a clock.
 *
 * <p>So their expiry cannot be driven through a time of our own. 200,000 timers that are due at once come in the
 * midst of those that wait, and the time counts until the last has gone out: two threads work, and Netty's next tick
 * is up to 1 ms away (5 ns a timer).
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xmx8g", "-XX:+UseParallelGC"})
public class ThreadedTimersBenchmark {
    private static final int EXPIRIES = 200_000;
    private static final int SPOKES = 4_096;

    /** Timers that wait. */
    @Param({"1000", "10000", "100000", "1000000", "10000000"})
    public int timers;

    /** Whose. */
    @Param({"netty", "jdk"})
    public String whose = "netty";

    private final Delays delays = new Delays();
    private HashedWheelTimer netty = netty();
    private ScheduledThreadPoolExecutor jdk = jdk();

    static HashedWheelTimer netty() {
        return new HashedWheelTimer(Thread::new, 1, TimeUnit.MILLISECONDS, SPOKES, false);
    }

    static ScheduledThreadPoolExecutor jdk() {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1);
        executor.setRemoveOnCancelPolicy(true);
        return executor;
    }

    private boolean isNetty() {
        return whose.equals("netty");
    }

    /** Fills the timer; nothing of it comes due while it is measured. */
    @Setup(Level.Trial)
    public void fill() {
        for (int i = 0; i < timers; i++) {
            long dueMs = Delays.HORIZON_MS + delays.nextMs();
            if (isNetty()) {
                netty.newTimeout(_ -> {}, dueMs, TimeUnit.MILLISECONDS);
            } else {
                jdk.schedule(() -> {}, dueMs, TimeUnit.MILLISECONDS);
            }
        }
    }

    /** Ends the threads. */
    @TearDown(Level.Trial)
    public void stop() {
        netty.stop();
        jdk.shutdownNow();
        netty = netty();
        jdk = jdk();
    }

    /** A timer comes and is taken back at once. */
    @Benchmark
    @OperationsPerInvocation(Delays.BATCH)
    public boolean scheduleAndCancel() {
        boolean all = true;
        for (int i = 0; i < Delays.BATCH; i++) {
            long dueMs = Delays.HORIZON_MS + delays.nextMs();
            all &= isNetty()
                    ? netty.newTimeout(_ -> {}, dueMs, TimeUnit.MILLISECONDS).cancel()
                    : jdk.schedule(() -> {}, dueMs, TimeUnit.MILLISECONDS).cancel(false);
        }
        return all;
    }

    /** Timers come, due at once, and go out. */
    @Benchmark
    @OperationsPerInvocation(EXPIRIES)
    public void scheduleAndExpire() throws InterruptedException {
        CountDownLatch out = new CountDownLatch(EXPIRIES);
        for (int i = 0; i < EXPIRIES; i++) {
            if (isNetty()) {
                netty.newTimeout(_ -> out.countDown(), 0, TimeUnit.MILLISECONDS);
            } else {
                jdk.schedule(out::countDown, 0, TimeUnit.MILLISECONDS);
            }
        }
        out.await();
    }
}
