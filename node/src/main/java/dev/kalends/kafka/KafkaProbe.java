package dev.kalends.kafka;

import dev.kalends.journal.StoreException;
import dev.kalends.time.MonotonicClock;
import dev.kalends.time.WallClock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Asks Kafka every second whether it is there, on a thread of its own: the leaders of all partitions of the journal
 * must answer. Now and then it looks whether the topic is still the same one, and notes the contact.
 */
final class KafkaProbe implements AutoCloseable {
    private static final long EVERY_MS = 1_000;
    private static final long LOOK_EVERY_MS = 10_000;
    private static final long NOTE_EVERY_MS = 60_000;
    /** Kafka is out of reach when it did not answer for so long. */
    private static final long SILENT_MAX_MS = 4_000;

    private final Parts parts;
    private final Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
    private final Thread thread;
    /** What is the matter, in the words of when that was noticed: they are told to all nodes, so they do not change. */
    private volatile @Nullable String trouble;

    private volatile @Nullable String failure = "it was not asked yet";
    private volatile boolean closed;

    /** What the probe looks at. */
    record Parts(
            KafkaSettings settings,
            Admin admin,
            KafkaReplicas replicas,
            ReplicaMark mark,
            Contact contact,
            WallClock wall,
            MonotonicClock monotonic) {}

    /** Begins to ask; whoever makes it has just heard from Kafka. */
    KafkaProbe(Parts parts, String topicUuid) {
        this.parts = parts;
        for (int partition = 0; partition < parts.settings().partitions(); partition++) {
            ends.put(new TopicPartition(parts.settings().journalTopic(), partition), OffsetSpec.latest());
        }
        thread = Thread.ofPlatform().daemon().name("kafka-probe").start(() -> run(topicUuid));
    }

    /** Why Kafka cannot be used now; empty when it can. */
    Optional<String> trouble() {
        long silentMs = parts.contact().silentMs();
        if (silentMs <= SILENT_MAX_MS) {
            return Optional.empty();
        }
        String noticed = trouble;
        if (noticed == null) {
            noticed = "Kafka does not answer; since="
                    + Instant.ofEpochMilli(parts.wall().nowMs() - silentMs) + " cause=" + failure;
            trouble = noticed;
        }
        return Optional.of(noticed);
    }

    private void run(String topicUuid) {
        long lookedNs = parts.monotonic().nowNs();
        long notedNs = lookedNs;
        while (!closed) {
            boolean answered = ask();
            long nowNs = parts.monotonic().nowNs();
            if (answered) {
                parts.contact().heard();
                trouble = null;
                parts.replicas().reached();
            }
            if (answered && nowNs - lookedNs > TimeUnit.MILLISECONDS.toNanos(LOOK_EVERY_MS)) {
                lookedNs = nowNs;
                compareTopic(topicUuid);
            }
            if (answered && nowNs - notedNs > TimeUnit.MILLISECONDS.toNanos(NOTE_EVERY_MS)) {
                notedNs = nowNs;
                note();
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(EVERY_MS));
        }
    }

    private boolean ask() {
        try {
            AdminCalls.answer(
                    parts.admin().listOffsets(ends).all(),
                    "tell the ends of the journal",
                    parts.settings().requestTimeoutMs());
            return true;
        } catch (ExecutionException e) {
            failure = AdminCalls.cause(e).getMessage();
        } catch (RuntimeException e) {
            failure = e.getMessage();
        }
        return false;
    }

    private void compareTopic(String topicUuid) {
        try {
            String now = new KafkaTopics(parts.admin(), parts.settings())
                    .journalUuid()
                    .orElse("none");
            if (!now.equals(topicUuid)) {
                parts.replicas()
                        .fail("the journal's topic was deleted or replaced while this node ran: stop all nodes and"
                                + " restore it; topic=" + parts.settings().journalTopic() + " known=" + topicUuid
                                + " found=" + now);
            }
        } catch (RuntimeException e) {
            failure = e.getMessage(); // it is looked at again
        }
    }

    /** Notes how new the replicas are, so that a later start can tell. */
    private void note() {
        try {
            parts.replicas().contactMs().ifPresent(parts.mark()::contact);
        } catch (StoreException e) {
            failure = e.getMessage(); // an older note stays, which is the safe side
        }
    }

    /** Waits until the thread has ended. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
