package dev.kalends.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.runqueue.RunQueue;
import dev.kalends.runqueue.Ticket;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Everything a {@link RunQueue} promises. */
public interface RunQueueContract {
    /** How long a ticket that was offered may take to arrive. */
    long ARRIVES_WITHIN_MS = 30_000;

    Set<String> BOTH = Set.of("a", "b");

    /** The open, empty queue. */
    RunQueue queue();

    private Optional<Ticket> take(Set<String> queues) throws InterruptedException {
        return Tickets.take(queue(), queues, ARRIVES_WITHIN_MS);
    }

    /** A take by another thread, which waits. */
    private CompletableFuture<Optional<Ticket>> taker(Set<String> queues) {
        CompletableFuture<Optional<Ticket>> taken = new CompletableFuture<>();
        Thread.ofPlatform().daemon().start(() -> {
            try {
                taken.complete(Tickets.take(queue(), queues, ARRIVES_WITHIN_MS));
            } catch (InterruptedException e) {
                taken.completeExceptionally(e);
            }
        });
        return taken;
    }

    @Test
    default void anEmptyQueueGivesNothing() throws InterruptedException {
        assertEquals(Optional.empty(), Tickets.take(queue(), BOTH, 0));
        assertEquals(Optional.empty(), Tickets.take(queue(), BOTH, 5));
    }

    @Test
    default void whatIsOfferedIsTakenByWhoAsksForItsQueue() throws InterruptedException {
        queue().offer(new Ticket(3, "a"));
        assertEquals(Optional.empty(), Tickets.take(queue(), Set.of("b"), 0));
        assertEquals(Optional.of(new Ticket(3, "a")), take(BOTH));
        assertEquals(Optional.empty(), Tickets.take(queue(), BOTH, 0));
    }

    @Test
    default void everyTicketArrivesHoweverOftenItIsOffered() throws InterruptedException {
        for (int i = 0; i < 100; i++) {
            queue().offer(new Ticket(1, "a"));
        }
        queue().offer(new Ticket(1, "b"));
        queue().offer(new Ticket(2, "a"));
        Set<Ticket> all = Set.of(new Ticket(1, "a"), new Ticket(1, "b"), new Ticket(2, "a"));
        Set<Ticket> taken = new HashSet<>();
        int takes = 0;
        while (!taken.equals(all)) {
            taken.add(take(BOTH).orElseThrow());
            takes++;
        }
        assertTrue(takes <= 10, "a hundred equal tickets were taken one by one; takes=" + takes);
        queue().offer(new Ticket(1, "a"));
        assertEquals(Optional.of(new Ticket(1, "a")), take(Set.of("a")), "a taken ticket may be offered again");
    }

    @Test
    default void anOfferWakesTheTakerOfItsQueue() throws Exception {
        CompletableFuture<Optional<Ticket>> first = taker(Set.of("a"));
        CompletableFuture<Optional<Ticket>> second = taker(Set.of("b"));
        queue().offer(new Ticket(1, "b"));
        assertEquals(Optional.of(new Ticket(1, "b")), second.get(ARRIVES_WITHIN_MS, TimeUnit.MILLISECONDS));
        queue().offer(new Ticket(1, "a"));
        assertEquals(Optional.of(new Ticket(1, "a")), first.get(ARRIVES_WITHIN_MS, TimeUnit.MILLISECONDS));
    }

    @Test
    default void closingEndsWaitsAndOffers() throws Exception {
        List<CompletableFuture<Optional<Ticket>>> takers = List.of(taker(Set.of("a")), taker(Set.of("b")));
        queue().close();
        for (CompletableFuture<Optional<Ticket>> taker : takers) {
            assertEquals(Optional.empty(), taker.get(ARRIVES_WITHIN_MS / 2, TimeUnit.MILLISECONDS));
        }
        queue().offer(new Ticket(1, "a"));
        assertEquals(Optional.empty(), Tickets.take(queue(), BOTH, ARRIVES_WITHIN_MS));
    }
}
