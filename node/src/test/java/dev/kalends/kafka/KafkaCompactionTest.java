package dev.kalends.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.journal.Change;
import dev.kalends.testing.KafkaBroker;
import dev.kalends.testing.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Replicas made from a journal that was really compacted. */
final class KafkaCompactionTest {
    private static final int COMMITS_MAX = 20_000;

    @TempDir
    private Path directory;

    private JournalNode node(KafkaSettings settings, String name) throws IOException {
        return JournalNode.open(settings, Files.createDirectory(directory.resolve(name)));
    }

    /** Short segments, cleaned as soon as something in them is superseded. */
    private static void compactEagerly(KafkaSettings settings) throws Exception {
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, settings.journalTopic());
        List<AlterConfigOp> eager = Map.of(
                        TopicConfig.SEGMENT_MS_CONFIG, "300",
                        TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG, "0.01",
                        TopicConfig.DELETE_RETENTION_MS_CONFIG, "600000")
                .entrySet()
                .stream()
                .map(entry ->
                        new AlterConfigOp(new ConfigEntry(entry.getKey(), entry.getValue()), AlterConfigOp.OpType.SET))
                .toList();
        try (Admin admin = new KafkaClients(settings).admin()) {
            admin.incrementalAlterConfigs(Map.of(topic, eager)).all().get();
        }
    }

    private static long ends(KafkaSettings settings) {
        return JournalScan.records(settings).stream()
                .filter(record -> record.key()[0] == 'E')
                .count();
    }

    @Test
    void aReplicaFromNothingEqualsTheLeader() throws Exception {
        KafkaSettings settings = TestCluster.settings("compaction", KafkaBroker.shared());
        try (JournalNode leader = node(settings, "leader");
                JournalNode follower = node(settings, "follower")) {
            compactEagerly(settings);
            leader.lead();
            Churn churn = new Churn(3);
            int commits = 0;
            long ends = 0;
            // Until most of what was written has been compacted away.
            while (commits < 400 || ends > commits / 2) {
                leader.commit(churn.batch().toArray(Change[]::new));
                commits++;
                if (commits % 100 == 0) {
                    ends = ends(settings);
                    follower.apply();
                }
                assertTrue(commits < COMMITS_MAX, "nothing was compacted; commits=" + commits + " ends=" + ends);
            }
            try (JournalNode replica = node(settings, "replica")) {
                replica.applyUpTo(leader.store().position());
                follower.applyUpTo(leader.store().position());
                List<String> expected = StoreText.of(leader.store());
                assertEquals(expected, StoreText.of(follower.store()));
                assertEquals(expected, StoreText.of(replica.store()));
                int kept = TestCluster.HISTORY_LINES;
                assertEquals(StoreText.history(leader.store(), kept), StoreText.history(replica.store(), kept));
                takesOver(replica, leader);
            }
        }
    }

    /** A leader made from what was left counts history on where the old one ended. */
    private static void takesOver(JournalNode replica, JournalNode old) {
        replica.lead();
        replica.commit(new Change.AppendHistory(Samples.succeeded(Samples.repeating(999), Samples.T0, Samples.T0)));
        old.follow();
        old.applyUpTo(replica.store().position());
        assertEquals(StoreText.of(replica.store()), StoreText.of(old.store()));
        int kept = TestCluster.HISTORY_LINES;
        assertEquals(StoreText.history(replica.store(), kept), StoreText.history(old.store(), kept));
    }
}
