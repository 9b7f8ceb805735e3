package dev.kalends.runqueue;

import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Hands tickets from partitions to workers. At least once, in no promised order. Called from any thread.
 */
public interface RunQueue extends AutoCloseable {
    /** Most tickets that wait; beyond it an offer is dropped, because work is offered again. */
    int TICKETS_MAX = 65_536;

    /** Offers a ticket; never blocks for a consumer. An equal ticket that still waits is not doubled. */
    void offer(Ticket ticket);

    /**
     * The next ticket of one of some queues. Whoever completes or cancels it first takes the wish back; it is cancelled
     * when the queue is closed.
     */
    CompletableFuture<Ticket> next(Set<String> queues);

    /** Cancels all wishes; offers are dropped from now on. */
    @Override
    void close();
}
