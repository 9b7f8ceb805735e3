package dev.kalends.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.alert.AlertSettings;
import dev.kalends.lease.Standby;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node's settings: where they come from, what is refused. */
final class NodeConfigTest {
    private static final Map<String, String> HOME = Map.of("HOME", "/home/x");

    private static NodeConfig read(Map<String, String> flags) throws StartFailedException {
        return NodeConfig.read(new NodeConfig.Sources(flags, HOME, Map.of()), "1");
    }

    private static StartFailedException refused(Map<String, String> flags) {
        StartFailedException refused = assertThrows(StartFailedException.class, () -> read(flags));
        assertEquals(NodeExit.CONFIGURATION, refused.exit());
        assertEquals(78, refused.exit().status());
        return refused;
    }

    @Test
    void everythingHasADefault() throws StartFailedException {
        NodeConfig config = read(Map.of());
        assertEquals("127.0.0.1:7070", config.listen().toString());
        assertEquals(16, config.workers());
        assertEquals(1, config.partitions());
        assertEquals(1_000, config.skewSloMs());
        assertEquals(Duration.ofSeconds(30), config.drainPatience());
        assertEquals(Path.of("/home/x/.local/state/kalends/tokens"), config.tokenDirectory());
        assertTrue(List.of(Path.of("/var/lib/kalends"), Path.of("/home/x/.local/state/kalends/data"))
                .contains(config.dataDirectory()));
    }

    @Test
    void aFlagWinsOverTheEnvironmentAndThatOverTheFile() throws StartFailedException {
        Map<String, String> environment =
                Map.of("HOME", "/home/x", "KALENDS_WORKERS", "2", "KALENDS_SKEW_SLO", "2s", "KALENDS_DATA_DIR", "/e");
        Map<String, String> properties = Map.of("workers", "3", "skew-slo", "3s", "partitions", "3", "node", "ignored");
        NodeConfig config =
                NodeConfig.read(new NodeConfig.Sources(Map.of("workers", "1"), environment, properties), "1");
        assertEquals(1, config.workers());
        assertEquals(2_000, config.skewSloMs());
        assertEquals(3, config.partitions());
        assertEquals(Path.of("/e"), config.dataDirectory());
    }

    @Test
    void everyMistakeIsReportedAtOnce() {
        String message = refused(Map.of(
                        "listen",
                        "nowhere",
                        "workers",
                        "many",
                        "partitions",
                        "0",
                        "skew-slo",
                        "fast",
                        "mispelt",
                        "x",
                        "node-id",
                        "a b"))
                .message();
        for (String problem : List.of(
                "listen=nowhere", "workers=many", "partitions=0", "skew-slo:", "setting=mispelt", "node-id=a b")) {
            assertTrue(message.contains(problem), () -> message + " lacks " + problem);
        }
    }

    @Test
    void beyondLoopbackIsOnlyListenedWhenSaidOutLoud() throws StartFailedException {
        assertTrue(refused(Map.of("listen", "0.0.0.0:7070")).message().contains("--insecure"));
        NodeConfig config = read(Map.of("listen", "0.0.0.0:7070", "insecure", ""));
        assertTrue(config.listen().beyondLoopback());
        assertEquals("[::1]:1", read(Map.of("listen", "[::1]:1")).listen().toString());
        for (String wrong : List.of("127.0.0.1", ":7070", "127.0.0.1:", "127.0.0.1:70000", "::1:7070", "a:b:1", "")) {
            assertTrue(refused(Map.of("listen", wrong)).message().contains("listen="), wrong);
        }
    }

    @Test
    void standbyIsANumberOrAll() throws StartFailedException {
        Map<String, String> cluster = new HashMap<>(
                Map.of("kafka", "k:9092", "etcd", "http://e:2379", "cluster", "c", "token-file", "/etc/kalends/token"));
        assertEquals(Standby.ALL, read(cluster).cluster().orElseThrow().standby());
        for (String text : List.of("all", "0", "1", "100")) {
            cluster.put("standby", text);
            assertEquals(text, read(cluster).cluster().orElseThrow().standby().toString());
        }
        for (String wrong : List.of("", "-1", "101", "some", "1.5")) {
            cluster.put("standby", wrong);
            String message = refused(cluster).message();
            assertTrue(message.contains("--standby N|all") && message.endsWith("given=" + wrong), message);
        }
        assertTrue(refused(Map.of("standby", "1")).message().contains("needs brokers of Kafka"));
    }

    @Test
    void workersOrNone() throws StartFailedException {
        assertEquals(0, read(Map.of("no-worker", "")).workers());
        refused(Map.of("no-worker", "", "workers", "2"));
        refused(Map.of("no-worker", "maybe"));
        refused(Map.of("kafka", "localhost:9092"));
    }

    @Test
    void alertsGoWhereTheSettingsSay(@TempDir Path temp) throws IOException, StartFailedException {
        assertEquals(Optional.empty(), read(Map.of()).alerts());
        Path token = Files.writeString(temp.resolve("token"), "t");
        AlertSettings alerts = read(Map.of(
                        "alert-webhook", "https://h.example/secret", "alert-webhook-token-file", token.toString()))
                .alerts()
                .orElseThrow();
        assertEquals("https://h.example", alerts.shown());
        assertEquals(Optional.of(token), alerts.tokenFile());
        NodeConfig byVariable = NodeConfig.read(
                new NodeConfig.Sources(
                        Map.of(), Map.of("HOME", "/home/x", "KALENDS_ALERT_WEBHOOK", "http://h:1/p"), Map.of()),
                "1");
        assertEquals("http://h:1", byVariable.alerts().orElseThrow().shown());
        for (String wrong :
                List.of("ftp://h/secret", "https://user:secret@h/", "no address secret", "https:///secret")) {
            String message = refused(Map.of("alert-webhook", wrong)).message();
            assertTrue(message.contains("alert-webhook"), message);
            assertFalse(message.contains("secret"), message);
        }
        assertTrue(refused(Map.of("alert-webhook-token-file", token.toString()))
                .message()
                .contains("needs the webhook"));
        assertTrue(refused(Map.of("alert-webhook", "http://h", "alert-webhook-token-file", "/not/there"))
                .message()
                .contains("/not/there"));
    }
}
