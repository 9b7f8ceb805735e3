package dev.kalends.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.FeatureMetadata;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Makes the topics of a cluster where they are missing, and checks them where they are: all nodes do the same at their
 * start, and it does not matter who is first.
 */
final class KafkaTopics {
    /** How long a removal stays in the journal: a replica that was away for half of it starts from nothing. */
    static final long REMOVALS_KEPT_MS = 7 * 86_400_000L;
    /** The least that is accepted of a journal that somebody else made. */
    static final long REMOVALS_KEPT_LEAST_MS = 600_000L;

    private static final int RECORD_BYTES_MAX = KafkaClients.REQUEST_BYTES_MAX;
    private static final int REPLICAS = 3;
    private static final long SEGMENT_BYTES = 128L * 1024 * 1024;
    private static final long OUTPUT_KEPT_MS = 7 * 86_400_000L;
    private static final long OUTPUT_PARTITION_BYTES = 256L * 1024 * 1024;
    private static final long TICKETS_KEPT_MS = 600_000L;
    private static final long TICKET_SEGMENT_BYTES = 4L * 1024 * 1024;
    private static final int LOOKS_MAX = 100;
    private static final Duration LOOK_AFTER = Duration.ofMillis(50);

    private final Admin admin;
    private final KafkaSettings settings;

    KafkaTopics(Admin admin, KafkaSettings settings) {
        this.admin = admin;
        this.settings = settings;
    }

    /** The journal's topic as it is. */
    record Journal(String uuid, long removalsKeptMs) {}

    /** Makes or checks everything but the queues. */
    Journal prepare() {
        requireShareGroups();
        make(newTopic(
                settings.journalTopic(),
                settings.partitions(),
                Map.of(
                        TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT,
                        TopicConfig.DELETE_RETENTION_MS_CONFIG, String.valueOf(REMOVALS_KEPT_MS),
                        TopicConfig.SEGMENT_BYTES_CONFIG, String.valueOf(SEGMENT_BYTES),
                        TopicConfig.MAX_MESSAGE_BYTES_CONFIG, String.valueOf(RECORD_BYTES_MAX),
                        TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG, "false")));
        make(newTopic(
                settings.outputTopic(),
                settings.partitions(),
                Map.of(
                        TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE,
                        TopicConfig.RETENTION_MS_CONFIG, String.valueOf(OUTPUT_KEPT_MS),
                        TopicConfig.RETENTION_BYTES_CONFIG, String.valueOf(OUTPUT_PARTITION_BYTES),
                        TopicConfig.SEGMENT_BYTES_CONFIG, String.valueOf(SEGMENT_BYTES / 4))));
        new WorkersGroup(admin, settings).prepare();
        return checkJournal();
    }

    /** Makes a queue's topic; one partition, because each node must be able to take from all of it. */
    void makeQueue(String queue) {
        make(newTopic(
                settings.ticketTopicPrefix() + queue,
                1,
                Map.of(
                        TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE,
                        TopicConfig.RETENTION_MS_CONFIG, String.valueOf(TICKETS_KEPT_MS),
                        TopicConfig.SEGMENT_BYTES_CONFIG, String.valueOf(TICKET_SEGMENT_BYTES))));
    }

    void removeQueue(String queue) {
        try {
            AdminCalls.answer(
                    admin.deleteTopics(List.of(settings.ticketTopicPrefix() + queue))
                            .all(),
                    "delete the topic of a queue",
                    timeoutMs());
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                throw new KafkaSetupException(
                        "a queue's topic cannot be deleted; queue=" + queue + " cause="
                                + AdminCalls.cause(e).getMessage(),
                        e);
            }
        }
    }

    /** The declared queues, by name. */
    Set<String> queues() {
        Set<String> names = AdminCalls.plainAnswer(admin.listTopics().names(), "list its topics", timeoutMs());
        Set<String> queues = new TreeSet<>();
        for (String name : names) {
            if (name.startsWith(settings.ticketTopicPrefix())) {
                queues.add(name.substring(settings.ticketTopicPrefix().length()));
            }
        }
        return queues;
    }

    /** The declared queues, once one that was just declared is among them. */
    Set<String> queuesWith(String queue) {
        return queuesOnce(queues -> queues.contains(queue));
    }

    /** The declared queues, once one that was just removed is not among them. */
    Set<String> queuesWithout(String queue) {
        return queuesOnce(queues -> !queues.contains(queue));
    }

    /** What was just changed is known to one broker after the other. */
    private Set<String> queuesOnce(Predicate<Set<String>> settled) {
        Set<String> queues = queues();
        for (int look = 1; look < LOOKS_MAX && !settled.test(queues); look++) {
            LockSupport.parkNanos(LOOK_AFTER.toNanos());
            queues = queues();
        }
        return queues;
    }

    /** The journal's topic id now; empty when the topic is gone. */
    Optional<String> journalUuid() {
        return describe(settings.journalTopic()).map(found -> found.topicId().toString());
    }

    /** The number of partitions of the journal's topic; empty when there is none. */
    OptionalInt journalPartitions() {
        return describe(settings.journalTopic()).stream()
                .mapToInt(found -> found.partitions().size())
                .findFirst();
    }

    /** The journal's topic as it is now. */
    Optional<TopicDescription> journal() {
        return describe(settings.journalTopic());
    }

    /** The topic of the output tails as it is now. */
    Optional<TopicDescription> output() {
        return describe(settings.outputTopic());
    }

    /** A topic's settings. */
    Map<String, String> config(String topic) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        return value(AdminCalls.plainAnswer(
                AdminCalls.only(admin.describeConfigs(List.of(resource)).values(), resource),
                "tell the settings of the topic " + topic,
                timeoutMs()));
    }

    private NewTopic newTopic(String name, int partitions, Map<String, String> config) {
        Map<String, String> all = new HashMap<>(config);
        short replicas = replicationFactor();
        all.put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, String.valueOf(replicas >= REPLICAS ? 2 : 1));
        return new NewTopic(name, partitions, replicas).configs(all);
    }

    private short replicationFactor() {
        if (settings.replicationFactor() > 0) {
            return (short) settings.replicationFactor();
        }
        int brokers = AdminCalls.plainAnswer(admin.describeCluster().nodes(), "name its brokers", timeoutMs())
                .size();
        return (short) Math.min(REPLICAS, brokers);
    }

    private void make(NewTopic topic) {
        if (describe(topic.name()).isPresent()) {
            return;
        }
        try {
            AdminCalls.answer(admin.createTopics(List.of(topic)).all(), "make the topic " + topic.name(), timeoutMs());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof InvalidTopicException) {
                throw new KafkaSetupException(
                        "Kafka takes no such name for a topic: use letters, digits, '.', '_' and" + " '-'; topic="
                                + topic.name() + " cause=" + AdminCalls.cause(e).getMessage(),
                        e);
            }
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new KafkaSetupException(
                        "a topic cannot be made; topic=" + topic.name() + " replicationFactor="
                                + topic.replicationFactor() + " cause="
                                + AdminCalls.cause(e).getMessage(),
                        e);
            }
        }
    }

    private Optional<TopicDescription> describe(String topic) {
        try {
            return Optional.of(AdminCalls.answer(
                    AdminCalls.only(admin.describeTopics(List.of(topic)).topicNameValues(), topic),
                    "describe the topic " + topic,
                    timeoutMs()));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return Optional.empty();
            }
            throw new KafkaSetupException(
                    "a topic cannot be described; topic=" + topic + " cause="
                            + AdminCalls.cause(e).getMessage(),
                    e);
        }
    }

    private Journal checkJournal() {
        String topic = settings.journalTopic();
        TopicDescription found = madeNow(topic);
        Map<String, String> config = config(topic);
        List<String> wrong = JournalCheck.faults(found, config, settings);
        if (!wrong.isEmpty()) {
            throw new KafkaSetupException(
                    "the journal's topic is not as it must be: " + String.join("; ", wrong) + "; topic=" + topic);
        }
        return new Journal(
                found.topicId().toString(),
                Long.parseLong(config.getOrDefault(TopicConfig.DELETE_RETENTION_MS_CONFIG, "0")));
    }

    /** A topic that was just made is known to one broker after the other. */
    private TopicDescription madeNow(String topic) {
        for (int look = 0; look < LOOKS_MAX; look++) {
            Optional<TopicDescription> found = describe(topic);
            if (found.isPresent()) {
                return found.get();
            }
            LockSupport.parkNanos(LOOK_AFTER.toNanos());
        }
        throw new KafkaSetupException("a topic that was made does not appear; topic=" + topic);
    }

    /** Settings by name. */
    static Map<String, String> value(Config config) {
        Map<String, String> values = new HashMap<>();
        for (ConfigEntry entry : config.entries()) {
            if (entry.value() != null) {
                values.put(entry.name(), entry.value());
            }
        }
        return values;
    }

    private void requireShareGroups() {
        FeatureMetadata features =
                AdminCalls.plainAnswer(admin.describeFeatures().featureMetadata(), "tell its features", timeoutMs());
        boolean on = Optional.ofNullable(features.finalizedFeatures().get("share.version"))
                .filter(range -> range.maxVersionLevel() >= 1)
                .isPresent();
        if (!on) {
            throw new KafkaSetupException("Kafka has no share groups, which carry the run queue: use Kafka 4.2 or newer"
                    + " and run kafka-features.sh upgrade --feature share.version=1; share.version=0");
        }
    }

    private long timeoutMs() {
        return AdminCalls.timeoutMs(settings);
    }
}
