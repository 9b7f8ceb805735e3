package dev.kalends.runtime;

import dev.kalends.partition.Command;
import dev.kalends.partition.Reply;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** What waits for a partition's thread: many threads put, one takes. Bounded: beyond its capacity it refuses. */
final class Inbox {
    /** Commands that may wait. */
    static final int CAPACITY = 65_536;
    /** Commands that end a rest: as many as go into one batch. */
    static final int RESTS_UP_TO = 1_024;

    /**
     * A command and who waits for its answer.
     *
     * @param waitMs how long a claim may be parked
     */
    record Item(Command command, CompletableFuture<Reply> answer, long waitMs) {}

    private final ConcurrentLinkedQueue<Item> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();
    private volatile @Nullable Thread sleeper;
    private volatile boolean resting;

    /** Puts an item; false when the inbox is full. */
    boolean offer(Item item) {
        if (size.incrementAndGet() > CAPACITY) {
            size.decrementAndGet();
            return false;
        }
        queue.add(item);
        // Who rests looks here afterwards: items that are put before the rest is seen to be over are seen then.
        if (!resting || size.get() == RESTS_UP_TO) {
            wake();
        }
        return true;
    }

    Optional<Item> poll() {
        Item item = queue.poll();
        if (item == null) {
            return Optional.empty();
        }
        size.decrementAndGet();
        return Optional.of(item);
    }

    int size() {
        return size.get();
    }

    /** Wakes the thread that sleeps in {@link #sleep}. */
    void wake() {
        Thread thread = sleeper;
        if (thread != null) {
            LockSupport.unpark(thread);
        }
    }

    /**
     * Sleeps though something may wait, until somebody wakes it, as many wait as go into a batch, or the time is over;
     * may return early.
     *
     * @param over whether there is nothing to sleep for any more: asked once whoever wakes can see the sleeper
     */
    void rest(long nanos, BooleanSupplier over) {
        sleeper = Thread.currentThread();
        resting = true;
        if (!over.getAsBoolean()) {
            LockSupport.parkNanos(this, nanos);
        }
        resting = false;
        sleeper = null;
    }

    /** Sleeps until something is put, somebody wakes it, or the time is over; may return early. */
    void sleep(long nanos) {
        sleeper = Thread.currentThread();
        if (queue.isEmpty() && nanos > 0) {
            LockSupport.parkNanos(this, nanos);
        }
        sleeper = null;
    }
}
