package dev.kalends.runqueue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kalends.testing.RunQueueContract;
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
        assertEquals(Optional.of(new Ticket(2, "a")), queue.take(Set.of("a"), 0));
        assertEquals(Optional.of(new Ticket(1, "a")), queue.take(Set.of("a"), 0));
    }
}
