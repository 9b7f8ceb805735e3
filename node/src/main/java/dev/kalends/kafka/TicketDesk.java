package dev.kalends.kafka;

import dev.kalends.runqueue.Ticket;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Where those who want a ticket meet the tickets that come in: a ticket goes to whoever has waited longest for its
 * queue, or to nobody. Called from any thread.
 */
final class TicketDesk {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition change = lock.newCondition();
    private final Set<Waiter> waiters = new LinkedHashSet<>();
    private boolean closed;

    /** One who waits. */
    private static final class Waiter {
        private final Set<String> queues;
        private @Nullable Ticket ticket;

        Waiter(Set<String> queues) {
            this.queues = Set.copyOf(queues);
        }
    }

    /** Waits for a ticket of one of some queues. */
    Optional<Ticket> take(Set<String> queues, long waitMs) throws InterruptedException {
        long leftNs = TimeUnit.MILLISECONDS.toNanos(waitMs);
        Waiter mine = new Waiter(queues);
        lock.lockInterruptibly();
        try {
            if (closed || leftNs <= 0) {
                return Optional.empty();
            }
            waiters.add(mine);
            change.signalAll();
            while (mine.ticket == null && leftNs > 0 && !closed) {
                leftNs = change.awaitNanos(leftNs);
            }
            return Optional.ofNullable(mine.ticket);
        } finally {
            waiters.remove(mine);
            lock.unlock();
        }
    }

    /** Gives a ticket away; false when nobody waits for its queue. */
    boolean give(Ticket ticket) {
        lock.lock();
        try {
            for (Waiter waiter : waiters) {
                if (waiter.queues.contains(ticket.queue())) {
                    waiter.ticket = ticket;
                    waiters.remove(waiter);
                    change.signalAll();
                    return true;
                }
            }
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until somebody wants a ticket of a queue; false when nobody did in time. */
    boolean awaitWaiter(String queue, long waitMs) throws InterruptedException {
        long leftNs = TimeUnit.MILLISECONDS.toNanos(waitMs);
        lock.lockInterruptibly();
        try {
            while (!wanted(queue) && leftNs > 0 && !closed) {
                leftNs = change.awaitNanos(leftNs);
            }
            return wanted(queue);
        } finally {
            lock.unlock();
        }
    }

    private boolean wanted(String queue) {
        return waiters.stream().anyMatch(waiter -> waiter.queues.contains(queue));
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            change.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
