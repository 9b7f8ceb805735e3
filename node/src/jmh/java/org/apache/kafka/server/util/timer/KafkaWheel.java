package org.apache.kafka.server.util.timer;

import java.util.concurrent.DelayQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Kafka's {@code TimingWheel}, which is closed to other packages, driven on a time of the caller's. */
public final class KafkaWheel {
    private static final int SLOTS = 20;

    private final DelayQueue<TimerTaskList> due = new DelayQueue<>();
    private final TimingWheel wheel;

    /** An empty wheel: ticks of 1 ms, 20 slots a level, as brokers have it. */
    public KafkaWheel(long startMs) {
        wheel = new TimingWheel(1, SLOTS, startMs, new AtomicInteger(), due);
    }

    /** Adds a timer. */
    public TimerTaskEntry schedule(TimerTask task, long dueMs) {
        TimerTaskEntry entry = new TimerTaskEntry(task, dueMs);
        wheel.add(entry);
        return entry;
    }

    /** Goes on to the next slot that has something, as {@code SystemTimer} does; its time. */
    public long expire(Consumer<TimerTaskEntry> sink) {
        TimerTaskList list = due.peek();
        if (list == null) {
            throw new IllegalStateException("no timer waits");
        }
        due.remove(list);
        long nowMs = list.getExpiration();
        wheel.advanceClock(nowMs);
        list.flush(entry -> {
            if (!wheel.add(entry) && !entry.cancelled()) {
                sink.accept(entry);
            }
        });
        return nowMs;
    }
}
