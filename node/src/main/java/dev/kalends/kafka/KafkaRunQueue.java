package dev.kalends.kafka;

import dev.kalends.job.Limits;
import dev.kalends.job.Policy;
import dev.kalends.runqueue.RunQueue;
import dev.kalends.runqueue.Ticket;
import dev.kalends.runqueue.Wishes;
import dev.kalends.time.MonotonicClock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/**
 * A run queue of tickets in Kafka: a topic for each declared queue, read by all nodes as one share group. A node takes
 * tickets on behalf of the claims that wait at it, so workers need no Kafka.
 *
 * <p>Nothing here is exact, because nothing has to be: a ticket that is lost is offered again by its leader, and one
 * that is doubled costs a claim with an empty answer. Equal tickets are sent at most every {@value #GAP_MS} ms, the
 * last of them at the end of that time: most work needs none, because claims wait at the leaders.
 */
public final class KafkaRunQueue implements RunQueue {
    /** How close equal tickets follow one another. */
    static final long GAP_MS = 100;
    /** Declared queues, at most: each one that is waited for here costs a connection and two threads. */
    public static final int QUEUES_MAX = 64;

    private static final long LOOK_EVERY_MS = 2_000;
    private static final long SEND_BUFFER_BYTES = 4L * 1024 * 1024;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1," + Limits.QUEUE_BYTES_MAX + "}");

    private final KafkaSettings settings;
    private final KafkaClients clients;
    private final KafkaTopics topics;
    private final Contact contact;
    private final MonotonicClock clock;
    private final Producer<byte[], byte[]> producer;
    /** Held from a look at the declared queues until it is known here, so that no older look displaces a newer. */
    private final Object looking = new Object();

    private final Wishes wishes = new Wishes();
    private final ScheduledThreadPoolExecutor sender;
    private final ScheduledThreadPoolExecutor looker;
    private final Set<Ticket> unsent = new HashSet<>();
    private final Map<Ticket, Long> sentNsByTicket = new HashMap<>();
    private final Map<String, TicketTaker> takerByQueue = new HashMap<>();
    private volatile Set<String> declared;
    private boolean closed;

    KafkaRunQueue(
            KafkaSettings settings, KafkaClients clients, KafkaTopics topics, Contact contact, MonotonicClock clock) {
        this.settings = settings;
        this.clients = clients;
        this.topics = topics;
        this.contact = contact;
        this.clock = clock;
        topics.makeQueue(Policy.DEFAULT_QUEUE);
        this.declared = topics.queuesWith(Policy.DEFAULT_QUEUE);
        this.producer = clients.looseProducer(SEND_BUFFER_BYTES);
        this.sender = threads("kafka-ticket-sender");
        this.looker = threads("kafka-queues");
        var _ = looker.scheduleWithFixedDelay(this::look, LOOK_EVERY_MS, LOOK_EVERY_MS, TimeUnit.MILLISECONDS);
    }

    private static ScheduledThreadPoolExecutor threads(String name) {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name(name).factory());
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        return executor;
    }

    /** The declared queues, as this node knows them: what another declares is known within seconds. */
    public Set<String> declared() {
        return Set.copyOf(declared);
    }

    /**
     * Declares a queue; nothing when it is declared.
     *
     * @throws IllegalArgumentException when it cannot be the name of a queue, or there are too many
     */
    public void declare(String queue) {
        if (!NAME.matcher(queue).matches()) {
            throw new IllegalArgumentException("a queue in a cluster is named by letters, digits, '.', '_' and '-', at"
                    + " most " + Limits.QUEUE_BYTES_MAX + "; queue=" + queue);
        }
        synchronized (looking) {
            Set<String> before = topics.queues();
            if (!before.contains(queue) && before.size() >= QUEUES_MAX) {
                throw new IllegalArgumentException("a cluster has at most " + QUEUES_MAX + " queues; queue=" + queue);
            }
            topics.makeQueue(queue);
            declared = topics.queuesWith(queue);
        }
    }

    /** Takes a declaration back; nothing when there is none. Tickets that wait in the queue are gone. */
    public void remove(String queue) {
        synchronized (looking) {
            topics.removeQueue(queue);
            declared = topics.queuesWithout(queue);
        }
        endTakers();
    }

    /** Sends a ticket soon, by a thread of its own; one of a queue that is not declared is dropped. */
    @Override
    public void offer(Ticket ticket) {
        if (!declared.contains(ticket.queue())) {
            return;
        }
        synchronized (this) {
            if (closed || unsent.size() >= TICKETS_MAX || !unsent.add(ticket)) {
                return;
            }
            long waitNs = 0;
            Long sentNs = sentNsByTicket.get(ticket);
            if (sentNs != null) {
                waitNs = Math.max(0, TimeUnit.MILLISECONDS.toNanos(GAP_MS) - (clock.nowNs() - sentNs));
            }
            var _ = sender.schedule(() -> send(ticket), waitNs, TimeUnit.NANOSECONDS);
        }
    }

    private void send(Ticket ticket) {
        synchronized (this) {
            unsent.remove(ticket);
            if (sentNsByTicket.size() >= TICKETS_MAX) {
                sentNsByTicket.clear();
            }
            sentNsByTicket.put(ticket, clock.nowNs());
        }
        try {
            String topic = settings.ticketTopicPrefix() + ticket.queue();
            // What is lost is offered again.
            var _ = producer.send(new ProducerRecord<>(topic, 0, null, TicketRecords.value(ticket.partition())));
        } catch (KafkaException e) {
            looker.execute(this::look); // most likely the queue was removed
        }
    }

    @Override
    public CompletableFuture<Ticket> next(Set<String> queues) {
        queues.forEach(this::ensureTaker);
        return wishes.add(queues);
    }

    private void ensureTaker(String queue) {
        if (!declared.contains(queue)) {
            return;
        }
        synchronized (this) {
            if (!closed && takerByQueue.size() < QUEUES_MAX && !takerByQueue.containsKey(queue)) {
                String topic = settings.ticketTopicPrefix() + queue;
                takerByQueue.put(queue, new TicketTaker(queue, topic, wishes, contact, clients::shareConsumer));
            }
        }
    }

    private void look() {
        try {
            synchronized (looking) {
                declared = topics.queues();
            }
            endTakers();
        } catch (RuntimeException e) {
            return; // the probe says that Kafka is out of reach; it is looked again
        }
    }

    /** Ends the takers of queues that are gone. */
    private void endTakers() {
        Map<String, TicketTaker> gone = new HashMap<>();
        synchronized (this) {
            takerByQueue.forEach((queue, taker) -> {
                if (!declared.contains(queue)) {
                    gone.put(queue, taker);
                }
            });
            takerByQueue.keySet().removeAll(gone.keySet());
        }
        gone.values().forEach(TicketTaker::close);
    }

    @Override
    public void close() {
        Map<String, TicketTaker> all;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            all = Map.copyOf(takerByQueue);
        }
        wishes.close();
        sender.shutdown();
        looker.shutdown();
        all.values().forEach(TicketTaker::stop);
        all.values().forEach(TicketTaker::close);
        producer.close(Duration.ZERO);
    }
}
