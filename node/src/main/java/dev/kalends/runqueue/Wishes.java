package dev.kalends.runqueue;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Those who wish for a ticket, and what they get: a ticket goes to whoever has waited longest for its queue, or to
 * nobody. Called from any thread; completes wishes without its lock.
 */
public final class Wishes {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition change = lock.newCondition();
    private final Set<Wish> wishes = new LinkedHashSet<>();
    private boolean closed;

    private record Wish(Set<String> queues, CompletableFuture<Ticket> ticket) {}

    /** Adds a wish for the next ticket of one of some queues; whoever completes it first takes it back. */
    public CompletableFuture<Ticket> add(Set<String> queues) {
        Wish wish = new Wish(Set.copyOf(queues), new CompletableFuture<>());
        boolean late;
        lock.lock();
        try {
            late = closed;
            if (!late) {
                wishes.add(wish);
                change.signalAll();
            }
        } finally {
            lock.unlock();
        }
        if (late) {
            wish.ticket().cancel(false);
        }
        var _ = wish.ticket().whenComplete((_, _) -> remove(wish));
        return wish.ticket();
    }

    private void remove(Wish wish) {
        lock.lock();
        try {
            wishes.remove(wish);
        } finally {
            lock.unlock();
        }
    }

    /** Gives a ticket away; false when nobody wishes for one of its queue. */
    public boolean give(Ticket ticket) {
        for (var next = oldest(ticket.queue()); next.isPresent(); next = oldest(ticket.queue())) {
            if (next.get().complete(ticket)) {
                return true;
            }
        }
        return false;
    }

    /** The oldest wish for a queue, to be completed by the caller: it waits here no longer. */
    Optional<CompletableFuture<Ticket>> oldest(String queue) {
        lock.lock();
        try {
            Optional<Wish> found = wishes.stream()
                    .filter(wish -> wish.queues().contains(queue))
                    .findFirst();
            found.ifPresent(wishes::remove);
            return found.map(Wish::ticket);
        } finally {
            lock.unlock();
        }
    }

    /** Waits until somebody wishes for a ticket of a queue; false when nobody did in time. */
    public boolean await(String queue, long waitMs) throws InterruptedException {
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
        return wishes.stream().anyMatch(wish -> wish.queues().contains(queue));
    }

    /** Cancels all wishes, and those that come. */
    public void close() {
        List<Wish> all;
        lock.lock();
        try {
            closed = true;
            all = new ArrayList<>(wishes);
            wishes.clear();
            change.signalAll();
        } finally {
            lock.unlock();
        }
        all.forEach(wish -> wish.ticket().cancel(false));
    }
}
