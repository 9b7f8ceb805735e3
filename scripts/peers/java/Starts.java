package dev.kalends.peers;

import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** When jobs started, seen from within them: microseconds of the wall clock after the instant that was asked for. */
final class Starts {
    private static final Clock CLOCK = Clock.systemUTC();
    private static final int TWICE = 2;

    private final AtomicLong firstMs = new AtomicLong();
    private final CountDownLatch any = new CountDownLatch(1);
    private volatile Watch watch = new Watch(0, 0, 0);

    static long nowMs() {
        return CLOCK.millis();
    }

    /** Every job calls this first thing. */
    void started(long dueMs) {
        Instant now = CLOCK.instant();
        long us = now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
        if (firstMs.compareAndSet(0, now.toEpochMilli())) {
            any.countDown();
        }
        watch.add(dueMs, us);
    }

    /** From now on, jobs due in [fromMs, untilMs) count, and no others. */
    void expect(int count, long fromMs, long untilMs) {
        watch = new Watch(count, fromMs, untilMs);
    }

    /** Waits until all that were expected have started, or an instant; returns what started, in microseconds. */
    long[] await(long deadlineMs) throws InterruptedException {
        Watch waited = watch;
        boolean all = waited.all.await(Math.max(1, deadlineMs - nowMs()), TimeUnit.MILLISECONDS);
        if (all) {
            Thread.sleep(300); // who starts a job twice does it soon
        }
        return Arrays.copyOf(waited.skewUs, Math.min(waited.skewUs.length, waited.next.get()));
    }

    /** When the first job of this process started; 0 if none did in time. */
    long first(long seconds) throws InterruptedException {
        return any.await(seconds, TimeUnit.SECONDS) ? firstMs.get() : 0;
    }

    /** What is counted: more than was expected is kept too, so that a job that started twice is seen. */
    private static final class Watch {
        final long fromMs;
        final long untilMs;
        final long[] skewUs;
        final AtomicInteger next = new AtomicInteger();
        final CountDownLatch all;

        Watch(int count, long fromMs, long untilMs) {
            this.fromMs = fromMs;
            this.untilMs = untilMs;
            this.skewUs = new long[count * TWICE];
            this.all = new CountDownLatch(count);
        }

        void add(long dueMs, long startedUs) {
            if (dueMs < fromMs || dueMs >= untilMs) {
                return;
            }
            int index = next.getAndIncrement();
            if (index < skewUs.length) {
                skewUs[index] = startedUs - dueMs * 1_000;
            }
            all.countDown();
        }
    }
}
