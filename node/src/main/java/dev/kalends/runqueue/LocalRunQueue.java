package dev.kalends.runqueue;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A run queue inside one process. Tickets are few (one a queue and partition), so a taker looks through them
 * all; the oldest one that fits is taken.
 */
public final class LocalRunQueue implements RunQueue {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition offered = lock.newCondition();
    private final Set<Ticket> tickets = new LinkedHashSet<>();
    private boolean closed;

    @Override
    public void offer(Ticket ticket) {
        lock.lock();
        try {
            if (!closed && tickets.size() < TICKETS_MAX && tickets.add(ticket)) {
                // Takers wait for different queues: waking one alone could wake the wrong one.
                offered.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<Ticket> take(Set<String> queues, long waitMs) throws InterruptedException {
        long leftNs = TimeUnit.MILLISECONDS.toNanos(waitMs);
        lock.lockInterruptibly();
        try {
            Optional<Ticket> found = poll(queues);
            while (found.isEmpty() && leftNs > 0 && !closed) {
                leftNs = offered.awaitNanos(leftNs);
                found = poll(queues);
            }
            return found;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            tickets.clear();
            offered.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private Optional<Ticket> poll(Set<String> queues) {
        for (Iterator<Ticket> all = tickets.iterator(); all.hasNext(); ) {
            Ticket ticket = all.next();
            if (queues.contains(ticket.queue())) {
                all.remove();
                return Optional.of(ticket);
            }
        }
        return Optional.empty();
    }
}
