package dev.kalends.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kalends.runqueue.Ticket;
import dev.kalends.runqueue.Wishes;
import dev.kalends.testing.Patience;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockShareConsumer;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

final class TicketTakerTest {
    private static final long SOON_MS = 20_000;

    private final AtomicInteger polls = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private final AtomicLong nowNs = new AtomicLong();

    /** A consumer without a broker: its polls return at once, with nothing. */
    private final class WithoutBroker extends MockShareConsumer<byte[], byte[]> {
        @Override
        public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
            polls.incrementAndGet();
            return ConsumerRecords.empty();
        }

        @Override
        public synchronized void close(Duration timeout) {
            closed.incrementAndGet();
        }
    }

    @Test
    void thereIsNoConsumerWhileKafkaIsSilent() {
        Contact contact = new Contact(nowNs::get);
        nowNs.addAndGet(TimeUnit.SECONDS.toNanos(3));
        Wishes wishes = new Wishes();
        CompletableFuture<Ticket> wish = wishes.add(Set.of("a"));
        TicketTaker taker = new TicketTaker("a", "tickets.a", wishes, contact, WithoutBroker::new);
        try {
            Assertions.assertThrows(TimeoutException.class, () -> wish.get(500, TimeUnit.MILLISECONDS));
            assertEquals(0, polls.get());
            contact.heard();
            Patience.await(SOON_MS, () -> polls.get() > 0);
            nowNs.addAndGet(TimeUnit.SECONDS.toNanos(3));
            Patience.await(SOON_MS, () -> closed.get() == 1);
        } finally {
            taker.close();
        }
    }
}
