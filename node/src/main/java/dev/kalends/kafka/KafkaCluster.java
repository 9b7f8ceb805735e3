package dev.kalends.kafka;

import dev.kalends.journal.Journal;
import dev.kalends.journal.JournalException;
import dev.kalends.journal.KeyedState;
import dev.kalends.journal.OutputLog;
import dev.kalends.time.MonotonicClock;
import dev.kalends.time.WallClock;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/**
 * A node's connection to Kafka: the journal of each partition, the run queue and the output tails, opened and closed as
 * one.
 *
 * <p>{@link #open} makes or checks the topics. Then {@link #replicas} says whether the copies in the data directory go
 * on; only then are journals opened. Called from any thread.
 */
public final class KafkaCluster implements AutoCloseable {
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(2);

    private final KafkaSettings settings;
    private final Admin admin;
    private final WallClock wall;
    private final ReplicaMark mark;
    private final KafkaJournal.Parts journals;
    private final KafkaRunQueue queue;
    private final KafkaProbe probe;
    private final KafkaChecks checks;

    private KafkaCluster(
            KafkaSettings settings, Admin admin, Path directory, WallClock wall, MonotonicClock monotonic) {
        this.settings = settings;
        this.admin = admin;
        this.wall = wall;
        KafkaClients clients = new KafkaClients(settings);
        KafkaTopics topics = new KafkaTopics(admin, settings);
        KafkaTopics.Journal journal = topics.prepare();
        // What may be refused comes first: nothing runs yet that would have to be ended.
        Contact contact = new Contact(monotonic);
        queue = new KafkaRunQueue(settings, clients, topics, contact, monotonic);
        checks = new KafkaChecks(settings, admin, topics, monotonic);
        long awayMaxMs = journal.removalsKeptMs() / 2;
        mark = new ReplicaMark(directory, journal.uuid(), awayMaxMs);
        KafkaReplicas replicas =
                new KafkaReplicas(settings.journalTopic(), clients.replicaConsumer(), admin, wall, awayMaxMs);
        journals = new KafkaJournal.Parts(settings, clients, replicas, wall, monotonic);
        probe = new KafkaProbe(
                new KafkaProbe.Parts(settings, admin, replicas, mark, contact, wall, monotonic), journal.uuid());
    }

    /**
     * Connects, and makes or checks what the cluster keeps in Kafka.
     *
     * @param directory the data directory, which must be there
     * @throws KafkaSetupException when Kafka does not answer or is not as it must be
     */
    public static KafkaCluster open(KafkaSettings settings, Path directory, WallClock wall, MonotonicClock monotonic) {
        Admin admin = new KafkaClients(settings).admin();
        try {
            return new KafkaCluster(settings, admin, directory, wall, monotonic);
        } catch (RuntimeException e) {
            admin.close(Duration.ZERO);
            throw e;
        }
    }

    /**
     * What becomes of the replicas in the data directory. After {@link ReplicaStart#FROM_NOTHING} the caller removes
     * them, and then says so by {@link #replicasRemoved}.
     *
     * @param highestPosition of all replicas in the directory
     * @throws JournalException when they are copies of another journal
     */
    public ReplicaStart replicas(long highestPosition) {
        return mark.check(highestPosition, wall.nowMs());
    }

    /** Says that the replicas begin from nothing now. */
    public void replicasRemoved() {
        mark.contact(wall.nowMs());
    }

    /**
     * Partitions that nothing was ever written of.
     *
     * @throws KafkaSetupException when Kafka does not say
     */
    public Set<Integer> blank() {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        for (int partition = 0; partition < settings.partitions(); partition++) {
            ends.put(new TopicPartition(settings.journalTopic(), partition), OffsetSpec.latest());
        }
        return AdminCalls.plainAnswer(
                        admin.listOffsets(ends).all(), "tell the ends of the journal", AdminCalls.timeoutMs(settings))
                .entrySet()
                .stream()
                .filter(end -> end.getValue().offset() == 0)
                .map(end -> end.getKey().partition())
                .collect(Collectors.toSet());
    }

    /**
     * Says that there is a journal of every replica that was here before this start. From now on it is noted how new
     * they are; a replica that comes later begins from nothing.
     */
    public void followsAll() {
        journals.replicas().followsAll();
    }

    /**
     * Opens the journal of a partition; the caller closes it before the cluster.
     *
     * @param state of the store that the journal's entries are applied to, read on the partition's thread only
     * @param startPosition the store's
     */
    public Journal journal(int partition, KeyedState state, long startPosition) {
        return new KafkaJournal(partition, state, journals, startPosition, mark.contactMs());
    }

    /** The run queue; closed with the cluster. */
    public KafkaRunQueue queue() {
        return queue;
    }

    /**
     * Opens the output tails; the caller closes them before the cluster.
     *
     * @param local where they are kept on this node; closed with what is returned
     * @param nodeId under which Kafka remembers how far this node has read
     */
    public OutputLog output(OutputLog local, String nodeId) {
        KafkaClients clients = journals.clients();
        KafkaOutputLog.Ends ends = new KafkaOutputLog.Ends(
                clients.looseProducer(KafkaOutputLog.SEND_BUFFER_BYTES),
                clients.placedConsumer(settings.outputTopic() + "." + nodeId));
        return new KafkaOutputLog(settings, local, ends, new SecureRandom().nextLong());
    }

    /** Why Kafka cannot be used now; empty when it can. */
    public Optional<String> trouble() {
        return probe.trouble();
    }

    /** What somebody wants to know who asks whether all is well; takes some seconds where Kafka is silent. */
    public List<Finding> checks() {
        return checks.look();
    }

    public KafkaSettings settings() {
        return settings;
    }

    /** Ends everything, without waiting for Kafka for long. */
    @Override
    public void close() {
        queue.close();
        probe.close();
        journals.replicas().close();
        admin.close(CLOSE_WITHIN);
    }
}
