package dev.kalends.runqueue;

import java.util.Optional;
import java.util.Set;

/**
 * Hands tickets from partitions to workers. At least once, in no promised order. Called from any thread.
 */
public interface RunQueue extends AutoCloseable {
    /** Most tickets that wait; beyond it an offer is dropped, because work is offered again. */
    int TICKETS_MAX = 65_536;

    /** Offers a ticket; never blocks for a consumer. An equal ticket that still waits is not doubled. */
    void offer(Ticket ticket);

    /**
     * Takes a ticket of one of some queues.
     *
     * @param waitMs longest wait, 0 = do not wait
     * @return empty when none came in time, or when the queue is closed
     */
    Optional<Ticket> take(Set<String> queues, long waitMs) throws InterruptedException;

    /** Ends all waits; offers are dropped from now on. */
    @Override
    void close();
}
