package dev.kalends.runtime;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** How far a partition's store has come, for those who wait for a position: one thread tells, many wait. */
final class Applied {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private volatile long position;
    private volatile long asOfMs;
    private final AtomicInteger waiting = new AtomicInteger();

    Applied(long position) {
        this.position = position;
    }

    long position() {
        return position;
    }

    /** When the last batch from another leader was written, by that leader's clock; 0 when there was none yet. */
    long asOfMs() {
        return asOfMs;
    }

    /** Tells that the store has a batch of another leader. */
    void followed(long now, long writtenMs) {
        asOfMs = Math.max(asOfMs, writtenMs);
        reached(now);
    }

    /** Tells that the store has come to a position, which may also be an earlier one. */
    void reached(long now) {
        position = now;
        if (waiting.get() > 0) {
            lock.lock();
            try {
                moved.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Waits until the store has come to a position; false when the time was over first. */
    boolean await(long wanted, long waitMs) throws InterruptedException {
        if (position >= wanted) {
            return true;
        }
        long leftNs = TimeUnit.MILLISECONDS.toNanos(waitMs);
        lock.lockInterruptibly();
        try {
            waiting.incrementAndGet();
            while (position < wanted && leftNs > 0) {
                leftNs = moved.awaitNanos(leftNs);
            }
            return position >= wanted;
        } finally {
            waiting.decrementAndGet();
            lock.unlock();
        }
    }
}
