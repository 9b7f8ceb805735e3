package dev.kalends.runqueue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kalends.testing.RunQueueContract;
import dev.kalends.testing.Tickets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class LocalRunQueueTest implements RunQueueContract {
    private final LocalRunQueue queue = new LocalRunQueue();

    @Override
    public RunQueue queue() {
        return queue;
    }

    @Test
    void theOldestThatFitsComesFirst() throws InterruptedException {
        queue.offer(new Ticket(1, "other"));
        queue.offer(new Ticket(2, "a"));
        queue.offer(new Ticket(1, "a"));
        assertEquals(Optional.of(new Ticket(2, "a")), Tickets.take(queue, Set.of("a"), 0));
        assertEquals(Optional.of(new Ticket(1, "a")), Tickets.take(queue, Set.of("a"), 0));
    }

    @Test
    void anEqualTicketThatWaitsIsNotDoubled() throws InterruptedException {
        for (int i = 0; i < 100; i++) {
            queue.offer(new Ticket(1, "a"));
        }
        queue.offer(new Ticket(1, "b"));
        queue.offer(new Ticket(2, "a"));
        Set<Ticket> taken = new HashSet<>();
        for (int i = 0; i < 3; i++) {
            Tickets.take(queue, BOTH, 0).ifPresent(taken::add);
        }
        assertEquals(Set.of(new Ticket(1, "a"), new Ticket(1, "b"), new Ticket(2, "a")), taken);
        assertEquals(Optional.empty(), Tickets.take(queue, BOTH, 0));
        queue.offer(new Ticket(1, "a"));
        assertEquals(
                Optional.of(new Ticket(1, "a")), Tickets.take(queue, BOTH, 0), "a taken ticket may be offered again");
    }

    @Test
    void offersBeyondTheBoundAreDroppedNotBlocked() throws InterruptedException {
        for (int i = 0; i < RunQueue.TICKETS_MAX + 10; i++) {
            queue.offer(new Ticket(i, "a"));
        }
        int taken = 0;
        while (Tickets.take(queue, Set.of("a"), 0).isPresent()) {
            taken++;
        }
        assertEquals(RunQueue.TICKETS_MAX, taken);
    }
}
