package dev.kalends.testing;

import dev.kalends.runqueue.RunQueue;
import dev.kalends.runqueue.Ticket;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Takes tickets out of a run queue, one at a time. */
public final class Tickets {
    private Tickets() {}

    /** The next ticket within a time; empty when none came, or when the queue is closed. */
    public static Optional<Ticket> take(RunQueue queue, Set<String> queues, long waitMs) throws InterruptedException {
        CompletableFuture<Ticket> next = queue.next(queues);
        try {
            return Optional.of(next.get(waitMs, TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return next.cancel(false) ? Optional.empty() : Optional.of(next.join());
        } catch (CancellationException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
