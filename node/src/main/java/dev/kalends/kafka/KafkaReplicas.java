package dev.kalends.kafka;

import dev.kalends.time.WallClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;

/**
 * Reads the journal for all partitions of a node, by one consumer on one thread.
 *
 * <p>Each partition has a {@link PartitionFeed}: where it wants to go the consumer seeks, while it is full or its
 * partition is led here the consumer pauses. The thread is this class's own and alone touches the consumer.
 */
final class KafkaReplicas implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(KafkaReplicas.class.getName());

    private static final Duration CLOSE_WITHIN = Duration.ofMillis(500);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final long RETRY_AFTER_MS = 200;
    private static final long END_WITHIN_MS = 5_000;

    private final String topic;
    private final Consumer<byte[], byte[]> consumer;
    private final Admin admin;
    private final WallClock wall;
    private final long awayMaxMs;
    private final Map<TopicPartition, PartitionFeed> feedByPartition = new ConcurrentHashMap<>();
    private final Thread thread;
    private volatile boolean complete;
    private volatile boolean closed;

    /**
     * Starts reading.
     *
     * @param awayMaxMs a replica that had no contact for longer may have missed removals: it must not go on
     */
    KafkaReplicas(String topic, Consumer<byte[], byte[]> consumer, Admin admin, WallClock wall, long awayMaxMs) {
        this.topic = topic;
        this.consumer = consumer;
        this.admin = admin;
        this.wall = wall;
        this.awayMaxMs = awayMaxMs;
        thread = Thread.ofPlatform().daemon().name("kafka-journal-reader").start(this::run);
    }

    /**
     * A feed of what comes after a position.
     *
     * @throws KafkaSetupException when Kafka does not say how far the record goes
     */
    PartitionFeed feed(int partition, long position, long contactMs) {
        TopicPartition place = new TopicPartition(topic, partition);
        PartitionFeed feed;
        try {
            // The last record is the mark of a transaction.
            feed = new PartitionFeed(partition, position, recordEnd(place) - 1, contactMs, consumer::wakeup);
        } catch (KafkaException | TimeoutException e) {
            throw new KafkaSetupException(
                    "Kafka does not say how far the journal goes; topic=" + topic + " partition=" + partition, e);
        }
        feedByPartition.put(place, feed);
        consumer.wakeup();
        return feed;
    }

    void end(int partition) {
        feedByPartition.remove(new TopicPartition(topic, partition));
        consumer.wakeup();
    }

    /** Ends all feeds: {@code next} of each says why. */
    void fail(String why) {
        feedByPartition.values().forEach(feed -> feed.fail(why));
    }

    /** There is a feed of every replica now that was here before. */
    void followsAll() {
        complete = true;
    }

    /** When the replica that is furthest behind last had everything; empty while that is not known of all. */
    OptionalLong contactMs() {
        // Where nothing is held there is nothing that could have missed something.
        return !complete
                ? OptionalLong.empty()
                : feedByPartition.values().stream()
                        .mapToLong(PartitionFeed::contactMs)
                        .min();
    }

    /** Says that Kafka answered: what is led here is as new as the record. */
    void reached() {
        long nowMs = wall.nowMs();
        feedByPartition.values().stream().filter(PartitionFeed::leading).forEach(feed -> feed.contact(nowMs));
    }

    private void run() {
        while (!closed) {
            try {
                round();
            } catch (WakeupException e) {
                LOG.log(System.Logger.Level.TRACE, "woken: somebody wants something else");
            } catch (OffsetOutOfRangeException e) {
                e.offsetOutOfRangePartitions().forEach(this::outOfRange);
            } catch (InterruptException e) {
                break;
            } catch (KafkaException | TimeoutException e) {
                // The feeds stand still, and the probe says that Kafka is out of reach.
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(RETRY_AFTER_MS));
            } catch (RuntimeException e) {
                // A thread that ended without a word would leave replicas that only look alive.
                LOG.log(System.Logger.Level.ERROR, "reading the journal failed; it is tried again", e);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(RETRY_AFTER_MS));
            }
        }
        consumer.close(CloseOptions.timeout(CLOSE_WITHIN));
    }

    private void round() throws TimeoutException {
        if (!consumer.assignment().equals(feedByPartition.keySet())) {
            consumer.assign(List.copyOf(feedByPartition.keySet()));
        }
        seek();
        // Feeds come and go at any time: only what is assigned now can be paused.
        for (TopicPartition partition : consumer.assignment()) {
            PartitionFeed feed = feedByPartition.get(partition);
            if (feed != null && feed.wantsRecords()) {
                consumer.resume(List.of(partition));
            } else {
                consumer.pause(List.of(partition));
            }
        }
        if (feedByPartition.isEmpty()) {
            LockSupport.parkNanos(POLL.toNanos());
            return;
        }
        long beganMs = wall.nowMs();
        ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
        for (TopicPartition partition : records.partitions()) {
            PartitionFeed feed = feedByPartition.get(partition);
            if (feed != null && !wasAwayTooLong(feed, beganMs)) {
                feed.accept(records.records(partition));
            }
        }
        feedByPartition.forEach((partition, feed) -> measure(partition, feed, beganMs));
    }

    private boolean wasAwayTooLong(PartitionFeed feed, long nowMs) {
        long awayMs = nowMs - feed.contactMs();
        if (feed.leading() || awayMs <= awayMaxMs) {
            return false;
        }
        feed.fail("this node had no contact with its journal for so long that removals may have been missed: start it"
                + " again, it then makes its copy anew; awayMs=" + awayMs + " limitMs=" + awayMaxMs);
        return true;
    }

    private void seek() throws TimeoutException {
        for (Map.Entry<TopicPartition, PartitionFeed> entry : feedByPartition.entrySet()) {
            PartitionFeed feed = entry.getValue();
            OptionalLong asked = feed.asked();
            if (asked.isPresent() && consumer.assignment().contains(entry.getKey())) {
                seek(entry.getKey(), feed, asked.getAsLong());
            }
        }
    }

    private void seek(TopicPartition partition, PartitionFeed feed, long position) throws TimeoutException {
        long recordEnd = recordEnd(partition);
        if (recordEnd < position) {
            feed.begun(position, wall.nowMs());
            feed.fail("the journal ends before this node's copy of it: records were lost, or it was replaced; restore"
                    + " the topic, or take this node's data directory away and start it again; topic=" + topic
                    + " partition=" + partition.partition() + " end=" + recordEnd + " position=" + position);
            return;
        }
        // The record before says how many lines of history there were.
        consumer.seek(partition, Math.max(0, position - 1));
        if (feed.begun(position, wall.nowMs())) {
            feed.reaches(recordEnd, PartitionFeed.Reading.BEHIND, wall.nowMs());
        }
    }

    /** Offset behind the last record, committed or not: a batch of our own may be committed but not marked yet. */
    private long recordEnd(TopicPartition partition) throws TimeoutException {
        try {
            return admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                    .partitionResult(partition)
                    .get(END_WITHIN_MS, TimeUnit.MILLISECONDS)
                    .offset();
        } catch (ExecutionException e) {
            throw new KafkaException("the end of the journal cannot be asked for; topic=" + topic, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptException(e);
        }
    }

    private void measure(TopicPartition partition, PartitionFeed feed, long beganMs) {
        if (!feed.wantsRecords() || !consumer.assignment().contains(partition)) {
            return;
        }
        OptionalLong lag = consumer.currentLag(partition);
        if (lag.isPresent()) {
            long recordEnd = consumer.position(partition) + lag.getAsLong();
            feed.reaches(
                    recordEnd,
                    lag.getAsLong() == 0 ? PartitionFeed.Reading.ALL_READ : PartitionFeed.Reading.BEHIND,
                    beganMs);
        }
    }

    private void outOfRange(TopicPartition partition, long offset) {
        PartitionFeed feed = feedByPartition.get(partition);
        if (feed != null) {
            feed.fail("the journal does not hold what comes after this node's copy of it: take this node's data"
                    + " directory away and start it again; topic=" + topic + " partition=" + partition.partition()
                    + " offset=" + offset);
        }
    }

    /** Waits until the thread has ended. */
    @Override
    public void close() {
        closed = true;
        consumer.wakeup();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
