package dev.kalends.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.api.ActionResult;
import dev.kalends.api.JobRequest;
import dev.kalends.api.Json;
import dev.kalends.api.RunView;
import dev.kalends.client.ClientSettings;
import dev.kalends.client.Flag;
import dev.kalends.client.NodeClient;
import dev.kalends.client.Tokens;
import dev.kalends.lease.Coordination.Member;
import dev.kalends.lease.CoordinationTerms;
import dev.kalends.lease.LeasedCoordination;
import dev.kalends.node.Restore.Due;
import dev.kalends.testing.KafkaBroker;
import dev.kalends.time.MonotonicClock;
import dev.kalends.time.WallClock;
import dev.kalends.zookeeper.ZooKeeperCoordination;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.curator.test.TestingServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From an embedded node to a cluster on a real Kafka and ZooKeeper, and back. */
final class ClusterRestoreTest {
    private static final int JOBS = 12;
    private static TestingServer zookeeper;

    @TempDir
    private Path temp;

    @BeforeAll
    static void startServer() throws Exception {
        zookeeper = new TestingServer();
    }

    @AfterAll
    static void endServer() throws IOException {
        zookeeper.close();
    }

    private Map<String, String> cluster(String name) {
        return Map.of(
                "kafka", KafkaBroker.shared().address(), "zookeeper", zookeeper.getConnectString(), "cluster", name);
    }

    private KalendsNode start(String directory, Map<String, String> more) throws StartFailedException {
        Map<String, String> flags = new HashMap<>(more);
        flags.put("data-dir", temp.resolve(directory).toString());
        flags.put("listen", "127.0.0.1:0");
        return KalendsNode.start(
                NodeConfig.read(
                        new NodeConfig.Sources(
                                flags,
                                Map.of("XDG_STATE_HOME", temp.resolve("state").toString()),
                                Map.of()),
                        "0.1.0"),
                (level, text) -> {});
    }

    private KalendsNode startInCluster(String name, int partitions) throws Exception {
        Path token = temp.resolve("token");
        Files.writeString(token, "0123456789abcdef0123456789abcdef0123456789abcdef");
        Files.setPosixFilePermissions(token, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
        Map<String, String> flags = new HashMap<>(cluster(name));
        flags.put("node-id", "n1");
        flags.put("token-file", token.toString());
        flags.put("partitions", Integer.toString(partitions));
        return start("node", flags);
    }

    private NodeClient client(KalendsNode node) {
        return new NodeClient(ClientSettings.of(
                node.url(),
                Tokens.of(
                        Optional.empty(),
                        Map.of("XDG_STATE_HOME", temp.resolve("state").toString()))));
    }

    private static void submit(NodeClient client, String name, String when) {
        client.submit(Json.readRequest(
                JobRequest.class,
                ("{\"name\":\"" + name + "\"," + when + ",\"queue\":\"" + queue(name) + "\",\"noop\":true}")
                        .getBytes(UTF_8)));
    }

    /** One job has a queue of its own. */
    private static String queue(String name) {
        return name.equals("job-5") ? "rare" : "default";
    }

    private static RunView triggered(NodeClient client, String name) {
        ActionResult triggered = client.trigger(name, Flag.OFF);
        return client.awaitRun(Objects.requireNonNull(triggered.runs()).getFirst(), 60_000);
    }

    private ClusterRestore.Done restore(String cluster, OptionalInt partitions, RestoreProgress progress)
            throws StartFailedException {
        return ClusterRestore.run(
                new ClusterRestore.Order(temp.resolve("backup"), Due.HOLD, partitions, cluster(cluster), progress),
                WallClock.system(),
                MonotonicClock.system());
    }

    private static void check(NodeClient client, long incarnation, RunView known, long jobs) {
        assertEquals(jobs, client.stats().jobs().get("waiting"));
        for (int i = 0; i < JOBS; i++) {
            assertEquals("job-" + i, client.job("job-" + i).name());
        }
        RunView last = client.run("job-1@latest");
        assertEquals(known.nominalAt(), last.nominalAt());
        assertEquals("succeeded", last.state());
        RunView more = triggered(client, "job-3");
        assertEquals("succeeded", more.state());
        long token = Objects.requireNonNull(more.attempts()).getLast().token();
        assertTrue(token > (incarnation - 1) << 40, "token=" + token);
        assertEquals(client.stats().ledger().expected(), client.stats().ledger().accounted());
    }

    @Test
    void aNodesBackupBecomesAClusterAndTheClustersANode() throws Exception {
        RunView known;
        try (KalendsNode node = start("alone", Map.of())) {
            NodeClient client = client(node);
            for (int i = 0; i < JOBS; i++) {
                submit(client, "job-" + i, i % 2 == 0 ? "\"in\":\"1h\"" : "\"manual\":true");
            }
            known = triggered(client, "job-1");
            client.backup(temp.resolve("backup").toString());
        }
        ClusterRestore.Done done = restore("moved", OptionalInt.of(3), RestoreProgress.NONE);
        assertEquals(3, done.restored().partitions());
        Path mapping = done.restored().moved().orElseThrow().mapping();
        assertEquals(JOBS, Files.readAllLines(mapping).size());
        RestoreFiles.remove(Objects.requireNonNull(mapping.getParent()));
        StartFailedException again = assertThrows(
                StartFailedException.class, () -> restore("moved", OptionalInt.empty(), RestoreProgress.NONE));
        assertTrue(again.message().contains("not empty"), again.message());
        assertTrue(
                again.hint().orElse("").contains("--delete --topic kalends.moved.journal"),
                again.hint().toString());
        Path second = temp.resolve("second");
        try (KalendsNode node = startInCluster("moved", 3)) {
            check(client(node), 2, known, JOBS);
            assertTrue(client(node).queues().items().stream()
                    .anyMatch(queue -> queue.name().equals("rare")));
            submit(client(node), "late", "\"manual\":true");
            assertEquals("backed_up", client(node).backup(second.toString()).outcome());
        }
        Restore.run(Restore.Order.of(second, temp.resolve("back"), Due.HOLD).into(1), WallClock.system());
        try (KalendsNode node = start("back", Map.of())) {
            NodeClient client = client(node);
            assertEquals("late", client.job("late").name());
            check(client, 3, known, JOBS + 1);
        }
    }

    @Test
    void nodesThatLiveAreNotWrittenOver() throws Exception {
        try (KalendsNode node = start("alone", Map.of())) {
            client(node).backup(temp.resolve("backup").toString());
        }
        try (LeasedCoordination other = ZooKeeperCoordination.open(
                zookeeper.getConnectString(), "lively", CoordinationTerms.DEFAULT, MonotonicClock.system())) {
            other.join(new Member("n7", "http://127.0.0.1:1"));
            StartFailedException refused = assertThrows(
                    StartFailedException.class, () -> restore("lively", OptionalInt.empty(), RestoreProgress.NONE));
            assertTrue(refused.message().contains("nodes=n7"), refused.message());
        }
    }

    /** Stops a restore when its first changes are in the journal. */
    private static final class Cut extends RuntimeException implements RestoreProgress {
        private static final long serialVersionUID = 1;

        @Override
        public void stored(long changes) {}

        @Override
        public void journaled(long changes, long of) {
            throw this;
        }
    }

    @Test
    void aRestoreThatWasCutOffIsLedByNobody() throws Exception {
        try (KalendsNode node = start("alone", Map.of())) {
            submit(client(node), "job", "\"in\":\"1h\"");
            client(node).backup(temp.resolve("backup").toString());
        }
        assertThrows(Cut.class, () -> restore("cut", OptionalInt.of(2), new Cut()));
        StartFailedException refused = assertThrows(StartFailedException.class, () -> startInCluster("cut", 2));
        assertTrue(refused.message().contains("was not finished"), refused.message());
        StartFailedException again =
                assertThrows(StartFailedException.class, () -> restore("cut", OptionalInt.of(2), RestoreProgress.NONE));
        assertTrue(again.message().contains("not empty"), again.message());
        assertFalse(Files.exists(temp.resolve("node/restoring")));
    }
}
