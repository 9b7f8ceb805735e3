package dev.kalends.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.runqueue.RunQueue;
import dev.kalends.runqueue.Ticket;
import dev.kalends.testing.KafkaBroker;
import dev.kalends.testing.Patience;
import dev.kalends.testing.RunQueueContract;
import dev.kalends.testing.Tickets;
import dev.kalends.time.MonotonicClock;
import dev.kalends.time.WallClock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The run queue on a real broker. */
final class KafkaRunQueueTest implements RunQueueContract {
    private static final AtomicInteger CLUSTERS = new AtomicInteger();

    @TempDir
    private Path directory;

    private final List<KafkaCluster> nodes = new ArrayList<>();
    private KafkaSettings settings;
    private KafkaRunQueue queue;

    @BeforeEach
    void open() {
        settings = TestCluster.settings("queue" + CLUSTERS.incrementAndGet(), KafkaBroker.shared());
        queue = node();
        queue.declare("a");
        queue.declare("b");
    }

    @AfterEach
    void close() {
        nodes.forEach(KafkaCluster::close);
    }

    private KafkaRunQueue node() {
        KafkaCluster cluster = KafkaCluster.open(settings, directory, WallClock.system(), MonotonicClock.system());
        nodes.add(cluster);
        return cluster.queue();
    }

    @Override
    public RunQueue queue() {
        return queue;
    }

    private static CompletableFuture<Optional<Ticket>> taker(KafkaRunQueue from, String name) {
        CompletableFuture<Optional<Ticket>> taken = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                taken.complete(Tickets.take(from, Set.of(name), ARRIVES_WITHIN_MS));
            } catch (InterruptedException e) {
                taken.completeExceptionally(e);
            }
        });
        return taken;
    }

    @Test
    void queuesAreDeclaredAndTakenBack() {
        assertEquals(Set.of("a", "b", "default"), queue.declared());
        KafkaRunQueue other = node();
        queue.declare("c");
        queue.declare("c");
        assertTrue(queue.declared().contains("c"));
        Patience.await(ARRIVES_WITHIN_MS, () -> other.declared().contains("c"));
        queue.remove("c");
        queue.remove("c");
        assertFalse(queue.declared().contains("c"));
        Patience.await(ARRIVES_WITHIN_MS, () -> !other.declared().contains("c"));
        assertThrows(IllegalArgumentException.class, () -> queue.declare("no/such"));
    }

    @Test
    void aTicketOfAnUnknownQueueIsDropped() throws InterruptedException {
        queue.offer(new Ticket(1, "nobody"));
        assertEquals(Optional.empty(), Tickets.take(queue, Set.of("nobody"), 50));
        queue.offer(new Ticket(1, "a"));
        assertEquals(Optional.of(new Ticket(1, "a")), Tickets.take(queue, Set.of("a", "nobody"), ARRIVES_WITHIN_MS));
    }

    @Test
    void ticketsFromBeforeAnyoneWaitedAreThere() throws InterruptedException {
        for (int partition = 0; partition < 5; partition++) {
            queue.offer(new Ticket(partition, "a"));
        }
        Set<Ticket> taken = new HashSet<>();
        while (taken.size() < 5) {
            taken.add(Tickets.take(queue, Set.of("a"), ARRIVES_WITHIN_MS).orElseThrow());
        }
    }

    @Test
    void eachTicketGoesToOneNodeThatWaits() throws Exception {
        KafkaRunQueue other = node();
        CompletableFuture<Optional<Ticket>> here = taker(queue, "a");
        CompletableFuture<Optional<Ticket>> there = taker(other, "a");
        queue.offer(new Ticket(0, "a"));
        queue.offer(new Ticket(1, "a"));
        Set<Ticket> taken = new HashSet<>();
        for (CompletableFuture<Optional<Ticket>> taker : List.of(here, there)) {
            taken.add(taker.get(ARRIVES_WITHIN_MS, TimeUnit.MILLISECONDS).orElseThrow());
        }
        assertEquals(Set.of(new Ticket(0, "a"), new Ticket(1, "a")), taken);
    }

    @Test
    void aNodeWhereNobodyWaitsLeavesTheTicketsToTheOthers() throws Exception {
        assertEquals(Optional.empty(), Tickets.take(queue, Set.of("a"), 1_000));
        KafkaRunQueue other = node();
        Set<Ticket> taken = new HashSet<>();
        // The first may go to the request that the idle node still has at the broker: one, and no more.
        for (int partition = 0; partition < 4; partition++) {
            queue.offer(new Ticket(partition, "a"));
        }
        while (taken.size() < 3) {
            taken.add(Tickets.take(other, Set.of("a"), ARRIVES_WITHIN_MS).orElseThrow());
        }
    }
}
