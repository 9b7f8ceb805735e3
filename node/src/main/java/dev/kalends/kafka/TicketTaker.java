package dev.kalends.kafka;

import dev.kalends.runqueue.Ticket;
import dev.kalends.runqueue.Wishes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/**
 * Takes the tickets of one queue out of Kafka, one at a time and only while somebody here waits for one, on a thread of
 * its own. A ticket that was handed over is accepted at once: Kafka's lock on a record is never a lease.
 *
 * <p>One taker a queue: a taker of several would take tickets that nobody here wants, and Kafka drops a record in
 * silence that was given back five times.
 */
final class TicketTaker implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(TicketTaker.class.getName());

    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration CLOSE_WITHIN = Duration.ofMillis(500);
    private static final long LOOK_MS = 1_000;
    private static final long RETRY_AFTER_MS = 200;
    /** While Kafka has been silent for longer there is no consumer. */
    private static final long SILENT_MAX_MS = 2_500;

    private final String queue;
    private final Wishes wishes;
    private final Contact contact;
    private final String topic;
    private final Supplier<? extends ShareConsumer<byte[], byte[]>> consumers;
    private volatile @Nullable ShareConsumer<byte[], byte[]> consumer;
    private final Thread thread;
    private volatile boolean closed;

    /**
     * Begins to take.
     *
     * @param consumers makes one; it is closed while Kafka is away
     */
    TicketTaker(
            String queue,
            String topic,
            Wishes wishes,
            Contact contact,
            Supplier<? extends ShareConsumer<byte[], byte[]>> consumers) {
        this.queue = queue;
        this.topic = topic;
        this.wishes = wishes;
        this.contact = contact;
        this.consumers = consumers;
        thread = Thread.ofPlatform().daemon().name("kafka-tickets-" + queue).start(this::run);
    }

    private void run() {
        while (!closed) {
            try {
                if (contact.silentMs() > SILENT_MAX_MS) {
                    // Without a broker it never rests, in its own thread too: by the profile four fifths of a node's
                    // work while the broker was away, which kept that from coming back on the same machine.
                    closeConsumer();
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(RETRY_AFTER_MS));
                } else if (wishes.await(queue, LOOK_MS)) {
                    poll(open());
                }
            } catch (InterruptedException | InterruptException e) {
                break;
            } catch (WakeupException e) {
                LOG.log(System.Logger.Level.TRACE, "woken: to close");
            } catch (KafkaException e) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(RETRY_AFTER_MS));
            } catch (RuntimeException e) {
                // A thread that ended without a word would leave a queue that nobody takes from.
                LOG.log(System.Logger.Level.ERROR, "taking tickets failed; it is tried again; queue=" + queue, e);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(RETRY_AFTER_MS));
            }
        }
        closeConsumer();
    }

    private ShareConsumer<byte[], byte[]> open() {
        ShareConsumer<byte[], byte[]> open = consumer;
        if (open == null) {
            open = consumers.get();
            open.subscribe(List.of(topic));
            consumer = open;
        }
        return open;
    }

    private void closeConsumer() {
        ShareConsumer<byte[], byte[]> open = consumer;
        consumer = null;
        if (open != null) {
            open.close(CLOSE_WITHIN);
        }
    }

    private void poll(ShareConsumer<byte[], byte[]> from) {
        boolean some = false;
        for (ConsumerRecord<byte[], byte[]> record : from.poll(POLL)) {
            some = true;
            from.acknowledge(record, settle(record));
        }
        if (some) {
            from.commitAsync();
        }
    }

    private AcknowledgeType settle(ConsumerRecord<byte[], byte[]> record) {
        int partition = TicketRecords.partition(record.value());
        if (partition < 0) {
            return AcknowledgeType.REJECT; // not one of ours
        }
        Ticket ticket = new Ticket(partition, queue);
        if (!wishes.give(ticket)) {
            return AcknowledgeType.RELEASE;
        }
        return AcknowledgeType.ACCEPT;
    }

    /** Has it end soon. */
    void stop() {
        closed = true;
        ShareConsumer<byte[], byte[]> open = consumer;
        if (open != null) {
            open.wakeup();
        }
    }

    /** Ends it, waiting a moment for what is on its way. */
    @Override
    public void close() {
        stop();
        try {
            thread.join(2 * CLOSE_WITHIN.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
