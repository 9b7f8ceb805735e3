package dev.kalends.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.journal.Change;
import dev.kalends.journal.JournalException;
import dev.kalends.memory.MemoryStore;
import dev.kalends.testing.KafkaBroker;
import dev.kalends.testing.Patience;
import dev.kalends.testing.Samples;
import dev.kalends.time.MonotonicClock;
import dev.kalends.time.WallClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a cluster makes of Kafka at its start, and what it refuses. */
final class KafkaTopicsTest {
    @TempDir
    private Path directory;

    private final KafkaBroker broker = KafkaBroker.shared();

    private KafkaCluster open(KafkaSettings settings) {
        return KafkaCluster.open(settings, directory, WallClock.system(), MonotonicClock.system());
    }

    private String refusal(KafkaSettings settings) {
        return assertThrows(KafkaSetupException.class, () -> open(settings).close())
                .toString();
    }

    private static void alter(KafkaSettings settings, String name, String value) throws Exception {
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, settings.journalTopic());
        AlterConfigOp set = new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
        try (Admin admin = new KafkaClients(settings).admin()) {
            admin.incrementalAlterConfigs(Map.of(topic, List.of(set))).all().get();
        }
    }

    @Test
    void nodesThatStartAtOnceMakeTheTopicsOnce() {
        KafkaSettings settings = TestCluster.settings("topics-race", broker);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<KafkaCluster>> nodes = List.of(
                    CompletableFuture.supplyAsync(() -> open(settings), threads),
                    CompletableFuture.supplyAsync(() -> open(settings), threads),
                    CompletableFuture.supplyAsync(() -> open(settings), threads));
            nodes.forEach(node -> {
                KafkaCluster cluster = node.join();
                assertTrue(cluster.trouble().isEmpty());
                assertTrue(cluster.queue().declared().contains("default"));
                cluster.close();
            });
        }
    }

    /** One broker holds all there is, which is the only thing to say of it. */
    @Test
    void whoAsksIsToldHowKafkaIs() throws Exception {
        KafkaSettings settings = TestCluster.settings("topics-checks", broker);
        try (KafkaCluster cluster = open(settings)) {
            assertEquals(
                    List.of("kafka OK", "journal-topic WARN", "output-topic OK", "share-group OK"),
                    cluster.checks().stream()
                            .map(finding -> finding.subject() + " " + finding.weight())
                            .toList());
            alter(settings, TopicConfig.CLEANUP_POLICY_CONFIG, "compact,delete");
            Patience.await(10_000, () -> cluster.checks().get(1).weight() == Finding.Weight.FAIL);
        }
    }

    @Test
    void anotherNumberOfPartitionsIsRefused() {
        open(TestCluster.settings("topics-partitions", broker)).close();
        KafkaSettings other = KafkaSettings.of(List.of(broker.address()), "topics-partitions", 3);
        String said = refusal(other);
        assertTrue(said.contains("--partitions " + TestCluster.PARTITIONS), said);
        assertTrue(said.endsWith("topic=kalends.topics-partitions.journal"), said);
    }

    @Test
    void everythingThatIsWrongIsSaidAtOnce() throws Exception {
        KafkaSettings settings = TestCluster.settings("topics-wrong", broker);
        open(settings).close();
        alter(settings, TopicConfig.CLEANUP_POLICY_CONFIG, "compact,delete");
        alter(settings, TopicConfig.DELETE_RETENTION_MS_CONFIG, "1000");
        alter(settings, TopicConfig.MAX_MESSAGE_BYTES_CONFIG, "100000");
        alter(settings, TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG, "true");
        Patience.await(10_000, () -> {
            String said = refusal(settings);
            return List.of(
                            "set cleanup.policy=compact",
                            "set delete.retention.ms=",
                            "set max.message.bytes=",
                            "set unclean.leader.election.enable=false")
                    .stream()
                    .allMatch(said::contains);
        });
    }

    @Test
    void aTopicThatSomebodyElseMadeBadlyIsRefused() throws Exception {
        KafkaSettings settings = TestCluster.settings("topics-foreign", broker);
        try (Admin admin = new KafkaClients(settings).admin()) {
            admin.createTopics(List.of(new NewTopic(settings.journalTopic(), 2, (short) 1)))
                    .all()
                    .get();
        }
        assertTrue(refusal(settings).contains("set cleanup.policy=compact"));
    }

    @Test
    void aJournalThatWasDeletedAndMadeAgainIsAnotherOne() throws Exception {
        KafkaSettings settings = TestCluster.settings("topics-replaced", broker);
        MemoryStore store = new MemoryStore(Samples.PARTITION);
        try (JournalNode node = JournalNode.open(settings, directory, store)) {
            node.lead();
            node.commit(new Change.PutSlot(1, 1));
        }
        try (Admin admin = new KafkaClients(settings).admin()) {
            admin.deleteTopics(List.of(settings.journalTopic())).all().get();
            Patience.await(
                    10_000, () -> new KafkaTopics(admin, settings).journalUuid().isEmpty());
        }
        try (KafkaCluster cluster = open(settings)) {
            String said = assertThrows(JournalException.class, () -> cluster.replicas(store.position()))
                    .toString();
            assertTrue(said.contains("another one"), said);
        }
    }

    @Test
    void aKafkaThatIsNotThereIsSaidInTime() {
        KafkaSettings nowhere = new KafkaSettings(List.of("127.0.0.1:1"), "nowhere", 2, 0, 16, 500, Map.of());
        assertTrue(refusal(nowhere).contains("--kafka"));
    }

    @Test
    void secretsAreNotShown() throws IOException {
        Path file = Files.writeString(directory.resolve("client.properties"), "sasl.jaas.config = hidden\nssl.x=y\n");
        KafkaSettings settings = TestCluster.settings("secret", broker).withClientFile(file);
        assertEquals("hidden", settings.client().get("sasl.jaas.config"));
        assertFalse(settings.toString().contains("hidden"), settings.toString());
        Path broken = Files.writeString(directory.resolve("broken.properties"), "password=hidden\\u00zz");
        String said = assertThrows(IllegalArgumentException.class, () -> settings.withClientFile(broken))
                .toString();
        assertFalse(said.contains("hidden"), said);
        assertThrows(IllegalArgumentException.class, () -> KafkaSettings.of(List.of("h:1"), "no spaces", 1));
    }
}
