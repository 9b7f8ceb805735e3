package dev.kalends.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.api.ApiException;
import dev.kalends.api.ClaimAnswer;
import dev.kalends.api.ClaimRequest;
import dev.kalends.api.ErrorCode;
import dev.kalends.api.JobRequest;
import dev.kalends.api.Json;
import dev.kalends.api.RunView;
import dev.kalends.api.SubmitResult;
import dev.kalends.client.ClientSettings;
import dev.kalends.client.Flag;
import dev.kalends.client.NodeClient;
import dev.kalends.client.RunQuery;
import dev.kalends.client.ShiftClient;
import dev.kalends.client.Tokens;
import dev.kalends.client.WorkerClient;
import dev.kalends.server.NodeLog;
import dev.kalends.testing.AlertReceiver;
import dev.kalends.testing.Patience;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole node: real stores, real HTTP, real processes. */
final class KalendsNodeTest {
    @TempDir
    private Path temp;

    private final List<String> log = new CopyOnWriteArrayList<>();
    private final NodeLog nodeLog = (level, text) -> log.add(level + " " + text);

    private NodeConfig config(Map<String, String> more) throws StartFailedException {
        Map<String, String> flags = new HashMap<>(
                Map.of("data-dir", temp.resolve("data").toString(), "listen", "127.0.0.1:0", "workers", "4"));
        flags.putAll(more);
        return NodeConfig.read(
                new NodeConfig.Sources(
                        flags, Map.of("XDG_STATE_HOME", temp.resolve("state").toString()), Map.of()),
                "0.1.0");
    }

    private NodeClient client(KalendsNode node) {
        return new NodeClient(settings(node));
    }

    private ClientSettings settings(KalendsNode node) {
        Tokens tokens = Tokens.of(
                Optional.empty(), Map.of("XDG_STATE_HOME", temp.resolve("state").toString()));
        return ClientSettings.of(node.url(), tokens);
    }

    private static JobRequest job(String json) {
        return Json.readRequest(JobRequest.class, json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void runsAJobFromEndToEnd() throws StartFailedException {
        try (KalendsNode node = KalendsNode.start(config(Map.of()), nodeLog)) {
            NodeClient client = client(node);
            SubmitResult result =
                    client.submit(job("{\"name\":\"hello\",\"in\":\"0s\",\"command\":[\"/bin/echo\",\"salve\"]}"));
            assertEquals(true, result.created());
            RunView run = client.awaitRun("hello@latest", 20_000);
            assertEquals("succeeded", run.state(), () -> run + " " + log);
            assertEquals("salve\n", client.output(run.id(), OptionalInt.empty()).text());
            assertTrue(client.metrics().contains("kalends_succeeded_total 1\n"));
            assertEquals(1, client.runs(RunQuery.ALL).items().size());
        }
    }

    @Test
    void keepsWhatItAcceptedOverARestart() throws StartFailedException {
        try (KalendsNode node = KalendsNode.start(config(Map.of()), nodeLog)) {
            client(node).submit(job("{\"name\":\"later\",\"in\":\"1h\",\"noop\":true}"));
        }
        try (KalendsNode node = KalendsNode.start(config(Map.of()), nodeLog)) {
            assertEquals("scheduled", client(node).job("later").state());
            assertTrue(log.stream().anyMatch(line -> line.contains("recovered 1 jobs")), log.toString());
        }
    }

    @Test
    void aNodeThatIsAloneCanBeDrainedToo() throws StartFailedException {
        try (KalendsNode node = KalendsNode.start(config(Map.of()), nodeLog)) {
            NodeClient client = client(node);
            assertEquals("fit", client.nodes().items().getFirst().state());
            assertEquals(List.of(0), client.nodes().items().getFirst().leads());
            assertEquals("default", client.queues().items().getFirst().name());
            String self = client.nodes().node();
            client.drainNode(self);
            Patience.await(
                    10_000, () -> client.nodes().items().getFirst().leads().isEmpty());
            assertEquals("draining", client.nodes().items().getFirst().state());
            client.undrainNode(self);
            Patience.await(
                    10_000, () -> client.nodes().items().getFirst().leads().equals(List.of(0)));
            long terms = terms(client);
            client.stepDown(0);
            Patience.await(10_000, () -> terms(client) > terms);
            assertEquals(
                    ErrorCode.INVALID,
                    assertThrows(ApiException.class, () -> client.declareQueue("q"))
                            .code());
        }
    }

    /** How often it has begun to lead. */
    private static long terms(NodeClient client) {
        return client.metrics()
                .lines()
                .filter(line -> line.startsWith("kalends_terms_total "))
                .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(' ') + 1)))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theTokenIsForItsUserOnly() throws StartFailedException, IOException {
        try (KalendsNode node = KalendsNode.start(config(Map.of()), nodeLog)) {
            Path token = temp.resolve("data/admin.token");
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(token)));
            Path left =
                    temp.resolve("state/kalends/tokens/127.0.0.1_" + node.url().getPort());
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(left)));
            assertEquals(Files.readString(token), Files.readString(left));
            assertFalse(log.toString().contains(Files.readString(token).strip()), "the log holds the token");
            NodeClient stranger = new NodeClient(ClientSettings.of(node.url(), _ -> Optional.empty()));
            assertEquals(
                    ErrorCode.UNAUTHORIZED,
                    assertThrows(ApiException.class, stranger::stats).code());
        }
    }

    @Test
    void aSecondNodeOnOneDirectoryIsRefused() throws StartFailedException {
        try (KalendsNode node = KalendsNode.start(config(Map.of()), nodeLog)) {
            StartFailedException refused =
                    assertThrows(StartFailedException.class, () -> KalendsNode.start(config(Map.of()), nodeLog));
            assertEquals(NodeExit.UNAVAILABLE, refused.exit());
            assertTrue(
                    refused.message().contains("pid " + ProcessHandle.current().pid()), refused.message());
            assertEquals("live", client(node).livez());
        }
    }

    @Test
    void aTakenPortIsRefusedAndLeavesNothingOpen() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            NodeConfig config = config(Map.of("listen", "127.0.0.1:" + taken.getLocalPort()));
            StartFailedException refused =
                    assertThrows(StartFailedException.class, () -> KalendsNode.start(config, nodeLog));
            assertEquals(NodeExit.UNAVAILABLE, refused.exit());
            assertTrue(refused.message().contains("listen=127.0.0.1:" + taken.getLocalPort()), refused.message());
            assertTrue(refused.hint().orElse("").contains("--listen"));
        }
        KalendsNode.start(config(Map.of()), nodeLog).close();
    }

    @Test
    void drainsAndSaysSo() throws Exception {
        KalendsNode node = KalendsNode.start(config(Map.of()), nodeLog);
        client(node).submit(job("{\"name\":\"s\",\"in\":\"0s\",\"command\":[\"/bin/sleep\",\"1\"]}"));
        NodeClient client = client(node);
        while (!client.job("s").state().equals("active")) {
            Thread.onSpinWait();
        }
        node.drain();
        assertEquals(NodeExit.DRAINED, node.await());
        try (KalendsNode again = KalendsNode.start(config(Map.of()), nodeLog)) {
            RunView run = client(again).awaitRun("s@latest", 20_000);
            assertEquals("succeeded", run.state());
            assertEquals(1, run.attempt());
            assertNotEquals(0, again.url().getPort());
        }
    }

    @Test
    void sendsWaitingWorkersToOtherNodesWhenItStops() throws Exception {
        KalendsNode node = KalendsNode.start(config(Map.of()), nodeLog);
        NodeClient client = client(node);
        WorkerClient worker = new WorkerClient(settings(node));
        ClaimRequest claim =
                new ClaimRequest(ClaimRequest.PROTOCOL, "w1", List.of("default"), 4, 4, 20_000, "0.1.0", "none");
        CompletableFuture<ClaimAnswer> parked = CompletableFuture.supplyAsync(() -> worker.claim(claim));
        Patience.await(
                10_000,
                () -> client.workers().items().stream()
                        .anyMatch(seen -> seen.id().equals("w1")));
        node.drain();
        assertEquals(NodeExit.DRAINED, node.await());
        ExecutionException failed = assertThrows(ExecutionException.class, () -> parked.get(1, TimeUnit.SECONDS));
        ApiException refused = assertInstanceOf(ApiException.class, failed.getCause());
        assertEquals(ErrorCode.UNAVAILABLE, refused.code());
        assertEquals("ask another node", refused.hint().orElse(""), "it was sent on, not cut off");
    }

    @Test
    void tellsItsWebhookWhatNeedsAPerson() throws StartFailedException, IOException {
        try (AlertReceiver receiver = new AlertReceiver()) {
            String secret = "webhook-token-0123456789";
            Path token = Files.writeString(temp.resolve("hook-token"), secret + "\n");
            Map<String, String> alerting = Map.of(
                    "alert-webhook",
                    receiver.url().toString(),
                    "alert-webhook-token-file",
                    token.toString(),
                    "node-id",
                    "house");
            try (KalendsNode node = KalendsNode.start(config(alerting), nodeLog)) {
                client(node)
                        .submit(job("{\"name\":\"bad\",\"in\":\"0s\",\"command\":[\"/bin/false\"],\"maxAttempts\":1}"));
                Patience.await(20_000, () -> receiver.events("dead_letters").equals(List.of("begin")));
            }
            assertEquals(
                    "kalends/house/dead_letters", receiver.taken().getFirst().key());
            assertEquals("Bearer " + secret, receiver.authorizations().getFirst());
            assertFalse(log.toString().contains(secret), log.toString());
            assertFalse(log.toString().contains("secret-path"), log.toString());
            assertTrue(Files.readString(temp.resolve("data/alerts")).startsWith("dead_letters "));
        }
    }

    @Test
    void whoDidWhatIsKnownAfterARestart() throws StartFailedException {
        try (KalendsNode node = KalendsNode.start(config(Map.of()), nodeLog)) {
            client(node).submit(job("{\"name\":\"m\",\"manual\":true,\"noop\":true}"));
            client(node).cancelJob("m", Flag.OFF);
            Patience.await(10_000, () -> deeds(node).contains("lead partition 0"));
        }
        try (KalendsNode node = KalendsNode.start(config(Map.of()), nodeLog)) {
            assertTrue(deeds(node).contains("cancel m"), () -> deeds(node) + " " + log);
            Patience.await(
                    10_000,
                    () -> deeds(node).stream()
                                    .filter(deed -> deed.equals("lead partition 0"))
                                    .count()
                            == 2);
        }
    }

    private List<String> deeds(KalendsNode node) {
        Tokens tokens = Tokens.of(
                Optional.empty(), Map.of("XDG_STATE_HOME", temp.resolve("state").toString()));
        return new ShiftClient(ClientSettings.of(node.url(), tokens))
                .audit("1h").items().stream()
                        .map(deed -> deed.verb() + " " + deed.subject())
                        .toList();
    }
}
