package dev.kalends.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.kafka.Finding.Weight;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;
import org.junit.jupiter.api.Test;

/** What is said of Kafka to somebody who asks whether all is well. */
final class KafkaChecksTest {
    private static final KafkaSettings SETTINGS = KafkaSettings.of(List.of("127.0.0.1:9092"), "c", 2);
    private static final Map<String, String> GOOD = Map.of(
            "cleanup.policy", "compact",
            "min.insync.replicas", "2",
            "max.message.bytes", Integer.toString(KafkaClients.REQUEST_BYTES_MAX),
            "delete.retention.ms", "604800000");

    private static TopicDescription topic(int replicas, int inSync) {
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < replicas; i++) {
            nodes.add(new Node(i, "b" + i, 9092));
        }
        List<TopicPartitionInfo> partitions = List.of(
                new TopicPartitionInfo(0, nodes.getFirst(), nodes, nodes),
                new TopicPartitionInfo(1, nodes.getFirst(), nodes, nodes.subList(0, inSync)));
        return new TopicDescription(SETTINGS.journalTopic(), false, partitions);
    }

    private static Finding journal(int replicas, int inSync, String setting, String value) {
        Map<String, String> config = new HashMap<>(GOOD);
        config.put(setting, value);
        return KafkaChecks.journal(topic(replicas, inSync), config, SETTINGS);
    }

    @Test
    void aJournalOnThreeBrokersIsWell() {
        Finding finding = journal(3, 3, "min.insync.replicas", "2");
        assertEquals(Finding.ok("journal-topic", "2 partitions, 3 replicas, min.insync.replicas 2"), finding);
    }

    @Test
    void whatWouldLoseJobsFails() {
        Finding policy = journal(3, 3, "cleanup.policy", "delete");
        assertEquals(Weight.FAIL, policy.weight());
        assertTrue(policy.found().contains("set cleanup.policy=compact"), policy.found());
        assertEquals(Weight.FAIL, journal(3, 3, "min.insync.replicas", "1").weight());
        assertEquals(
                Weight.FAIL,
                journal(3, 3, "unclean.leader.election.enable", "true").weight());
    }

    @Test
    void whatIsThinIsAWarning() {
        assertEquals(Weight.WARN, journal(1, 1, "min.insync.replicas", "1").weight());
        Finding behind = journal(3, 2, "min.insync.replicas", "2");
        assertEquals(Weight.WARN, behind.weight());
        assertTrue(behind.found().endsWith("1 of its partitions lack replicas in sync"), behind.found());
    }

    @Test
    void theGroupAndTheAnswersTimeAreJudged() {
        assertEquals(Weight.OK, KafkaChecks.group(List.of(), "g").weight());
        Finding unset = KafkaChecks.group(List.of("share.auto.offset.reset=unset wanted=earliest"), "g");
        assertEquals(Weight.FAIL, unset.weight());
        assertEquals(Finding.ok("kafka", "1 broker answers in 2 ms"), KafkaChecks.reached(2, 1));
        assertEquals(Weight.WARN, KafkaChecks.reached(501, 3).weight());
    }
}
