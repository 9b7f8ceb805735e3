package dev.kalends.kafka;

import dev.kalends.time.MonotonicClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.TopicConfig;

/** Looks at Kafka for somebody who asks whether all is well: reading is one thing, judging another. */
final class KafkaChecks {
    static final String KAFKA = "kafka";
    static final String JOURNAL = "journal-topic";
    static final String OUTPUT = "output-topic";
    static final String GROUP = "share-group";
    /** A question that takes longer says that fires take long, too. */
    private static final long SLOW_MS = 500;

    private static final int SAFE_REPLICAS = 3;
    private static final int SAFE_IN_SYNC = 2;

    private final KafkaSettings settings;
    private final Admin admin;
    private final KafkaTopics topics;
    private final MonotonicClock clock;

    KafkaChecks(KafkaSettings settings, Admin admin, KafkaTopics topics, MonotonicClock clock) {
        this.settings = settings;
        this.admin = admin;
        this.topics = topics;
        this.clock = clock;
    }

    /** Asks Kafka, for some seconds at most where it is silent. */
    List<Finding> look() {
        List<Finding> findings = new ArrayList<>();
        try {
            long startNs = clock.nowNs();
            int brokers = AdminCalls.plainAnswer(
                            admin.describeCluster().nodes(), "name its brokers", settings.requestTimeoutMs())
                    .size();
            findings.add(reached(TimeUnit.NANOSECONDS.toMillis(clock.nowNs() - startNs), brokers));
            findings.add(topics.journal()
                    .map(topic -> journal(topic, topics.config(settings.journalTopic()), settings))
                    .orElseGet(() -> gone(JOURNAL, settings.journalTopic())));
            findings.add(topics.output()
                    .map(topic -> Finding.ok(OUTPUT, counted(topic)))
                    .orElseGet(() -> gone(OUTPUT, settings.outputTopic())));
            findings.add(group(new WorkersGroup(admin, settings).faults(), settings.workersGroup()));
        } catch (KafkaSetupException e) {
            findings.add(Finding.fail(
                    KAFKA,
                    Optional.ofNullable(e.getMessage()).orElse("it does not answer"),
                    "see that the brokers run and can be reached from this node: nothing is accepted until they can"));
        }
        return findings;
    }

    static Finding reached(long tookMs, int brokers) {
        String found = brokers + (brokers == 1 ? " broker answers in " : " brokers answer in ") + tookMs + " ms";
        return tookMs <= SLOW_MS
                ? Finding.ok(KAFKA, found)
                : Finding.warn(KAFKA, found, "look at the brokers' load and the way to them: each fire waits for them");
    }

    static Finding journal(TopicDescription topic, Map<String, String> config, KafkaSettings settings) {
        List<String> faults = JournalCheck.faults(topic, config, settings);
        if (!faults.isEmpty()) {
            return Finding.fail(
                    JOURNAL,
                    String.join("; ", faults),
                    "kafka-configs.sh --entity-type topics --entity-name " + settings.journalTopic()
                            + " --alter --add-config …");
        }
        long behind = topic.partitions().stream()
                .filter(partition ->
                        partition.isr().size() < partition.replicas().size())
                .count();
        String inSync = config.getOrDefault(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, "1");
        String found = counted(topic) + ", min.insync.replicas " + inSync;
        if (behind > 0) {
            return Finding.warn(
                    JOURNAL,
                    found + "; " + behind + " of its partitions lack replicas in sync",
                    "see which broker is down or behind: kafka-topics.sh --describe --under-replicated-partitions");
        }
        boolean safe = replicas(topic) >= SAFE_REPLICAS && Integer.parseInt(inSync) >= SAFE_IN_SYNC;
        return safe
                ? Finding.ok(JOURNAL, found)
                : Finding.warn(
                        JOURNAL,
                        found,
                        "for data that must survive a broker: three replicas and min.insync.replicas=2");
    }

    static Finding group(List<String> faults, String group) {
        return faults.isEmpty()
                ? Finding.ok(GROUP, group + " reads from the earliest, locks for 15 s")
                : Finding.fail(
                        GROUP,
                        String.join(" ", faults),
                        "tickets would be lost: kafka-configs.sh --entity-type groups --entity-name " + group);
    }

    private static Finding gone(String subject, String topic) {
        return Finding.fail(
                subject,
                "the topic is gone; topic=" + topic,
                "stop all nodes and restore it: its records are the jobs");
    }

    private static String counted(TopicDescription topic) {
        int partitions = topic.partitions().size();
        int replicas = replicas(topic);
        return partitions
                + (partitions == 1 ? " partition, " : " partitions, ")
                + replicas
                + (replicas == 1 ? " replica" : " replicas");
    }

    private static int replicas(TopicDescription topic) {
        return topic.partitions().stream()
                .map(TopicPartitionInfo::replicas)
                .mapToInt(List::size)
                .min()
                .orElse(0);
    }
}
