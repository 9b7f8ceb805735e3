package dev.kalends.runqueue;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * A run queue inside one process. Tickets are few (one a queue and partition), so they are looked through one by one;
 * the oldest one that fits is taken.
 */
public final class LocalRunQueue implements RunQueue {
    private final Wishes wishes = new Wishes();
    /** Tickets that nobody wished for. */
    private final Set<Ticket> tickets = new LinkedHashSet<>();

    private boolean closed;

    private record Match(Ticket ticket, CompletableFuture<Ticket> wish) {}

    @Override
    public void offer(Ticket ticket) {
        synchronized (this) {
            if (closed || tickets.size() >= TICKETS_MAX || !tickets.add(ticket)) {
                return;
            }
        }
        handOver(ticket.queue());
    }

    @Override
    public CompletableFuture<Ticket> next(Set<String> queues) {
        CompletableFuture<Ticket> next = wishes.add(queues);
        queues.forEach(this::handOver);
        return next;
    }

    /** Gives tickets of a queue to who wishes for them, for as long as there are both. */
    private void handOver(String queue) {
        for (Optional<Match> match = match(queue); match.isPresent(); match = match(queue)) {
            Ticket ticket = match.get().ticket();
            if (!match.get().wish().complete(ticket)) {
                putBack(ticket);
            }
        }
    }

    private synchronized Optional<Match> match(String queue) {
        Optional<Ticket> ticket =
                tickets.stream().filter(one -> one.queue().equals(queue)).findFirst();
        Optional<CompletableFuture<Ticket>> wish = ticket.flatMap(_ -> wishes.oldest(queue));
        if (ticket.isEmpty() || wish.isEmpty()) {
            return Optional.empty();
        }
        tickets.remove(ticket.get());
        return Optional.of(new Match(ticket.get(), wish.get()));
    }

    private synchronized void putBack(Ticket ticket) {
        if (!closed) {
            tickets.add(ticket);
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            tickets.clear();
        }
        wishes.close();
    }
}
