package dev.kalends.timer;

import io.netty.util.HashedWheelTimer;
import java.util.Locale;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.agrona.DeadlineTimerWheel;
import org.apache.kafka.server.util.timer.KafkaWheel;
import org.apache.kafka.server.util.timer.TimerTask;

/** Bytes of heap that a timer costs, due within the hour, with its share of what the wheel has anyway. */
public final class TimerMemory {
    private TimerMemory() {}

    /** What a timer of Kafka's carries. */
    private static final class Task extends TimerTask {
        Task() {
            super(0);
        }

        @Override
        public void run() {
            throw new UnsupportedOperationException("timers are only counted");
        }
    }

    /** Arguments: numbers of timers. */
    public static void main(String[] arguments) {
        for (String argument : arguments) {
            int timers = Integer.parseInt(argument);
            System.out.println(timers + " timers, bytes a timer");
            measure("kalends", timers, TimerMemory::kalends);
            measure("agrona", timers, TimerMemory::agrona);
            measure("kafka", timers, TimerMemory::kafka);
            measure("netty", timers, TimerMemory::netty);
            measure("jdk", timers, TimerMemory::jdk);
        }
    }

    private static void measure(String name, int timers, IntFunction<Object> fill) {
        long before = used();
        Object filled = fill.apply(timers);
        long after = used();
        System.out.println(String.format(Locale.ROOT, "  %-8s %.1f", name, (after - before) / (double) timers));
        if (filled instanceof HashedWheelTimer netty) {
            netty.stop();
        } else if (filled instanceof ScheduledThreadPoolExecutor jdk) {
            jdk.shutdownNow();
        }
    }

    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        System.gc();
        System.gc();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static Object kalends(int timers) {
        Delays delays = new Delays();
        TimingWheel wheel = new TimingWheel(Delays.START_MS);
        for (int i = 0; i < timers; i++) {
            wheel.schedule(Delays.START_MS + delays.nextMs(), i);
        }
        return wheel;
    }

    private static Object agrona(int timers) {
        Delays delays = new Delays();
        DeadlineTimerWheel wheel = AgronaBenchmark.wheel(timers);
        for (int i = 0; i < timers; i++) {
            wheel.scheduleTimer(Delays.START_MS + delays.nextMs());
        }
        return wheel;
    }

    private static Object kafka(int timers) {
        Delays delays = new Delays();
        KafkaWheel wheel = new KafkaWheel(Delays.START_MS);
        for (int i = 0; i < timers; i++) {
            wheel.schedule(new Task(), Delays.START_MS + delays.nextMs());
        }
        return wheel;
    }

    private static Object netty(int timers) {
        Delays delays = new Delays();
        HashedWheelTimer netty = ThreadedTimersBenchmark.netty();
        for (int i = 0; i < timers; i++) {
            netty.newTimeout(_ -> {}, Delays.HORIZON_MS + delays.nextMs(), TimeUnit.MILLISECONDS);
        }
        return netty;
    }

    private static Object jdk(int timers) {
        Delays delays = new Delays();
        ScheduledThreadPoolExecutor jdk = ThreadedTimersBenchmark.jdk();
        for (int i = 0; i < timers; i++) {
            jdk.schedule(() -> {}, Delays.HORIZON_MS + delays.nextMs(), TimeUnit.MILLISECONDS);
        }
        return jdk;
    }
}
