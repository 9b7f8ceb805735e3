package dev.kalends.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.api.ActionResult;
import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorCode;
import dev.kalends.api.JobRequest;
import dev.kalends.api.Json;
import dev.kalends.api.PauseRequest;
import dev.kalends.api.RunView;
import dev.kalends.client.ClientSettings;
import dev.kalends.client.Flag;
import dev.kalends.client.NodeClient;
import dev.kalends.client.Tokens;
import dev.kalends.job.JobId;
import dev.kalends.node.Restore.Due;
import dev.kalends.node.Restore.Restored;
import dev.kalends.time.WallClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a restore means for what was done after the backup. */
final class RestoreTest {
    @TempDir
    private Path temp;

    private KalendsNode start(String directory) throws StartFailedException {
        Map<String, String> flags =
                Map.of("data-dir", temp.resolve(directory).toString(), "listen", "127.0.0.1:0", "partitions", "2");
        return KalendsNode.start(
                NodeConfig.read(
                        new NodeConfig.Sources(
                                flags,
                                Map.of("XDG_STATE_HOME", temp.resolve("state").toString()),
                                Map.of()),
                        "0.1.0"),
                (level, text) -> {});
    }

    private NodeClient client(KalendsNode node) {
        return new NodeClient(ClientSettings.of(
                node.url(),
                Tokens.of(
                        Optional.empty(),
                        Map.of("XDG_STATE_HOME", temp.resolve("state").toString()))));
    }

    private static String submit(NodeClient client, String name, String when) {
        JobRequest request = Json.readRequest(
                JobRequest.class,
                ("{\"name\":\"" + name + "\"," + when + ",\"command\":[\"/bin/true\"]}").getBytes(UTF_8));
        return Objects.requireNonNull(client.submit(request).id());
    }

    private static long token(RunView run) {
        return Objects.requireNonNull(run.attempts()).getLast().token();
    }

    @Test
    void whatWasDoneAfterTheBackupIsNotDoneAgainUnasked() throws Exception {
        Path backup = temp.resolve("backup");
        String afterwards;
        long lastToken;
        try (KalendsNode node = start("data")) {
            NodeClient client = client(node);
            submit(client, "soon", "\"in\":\"1500ms\"");
            submit(client, "far", "\"in\":\"1h\"");
            submit(client, "m", "\"manual\":true");
            assertEquals("backed_up", client.backup(backup.toString()).outcome());
            assertEquals(
                    ErrorCode.INVALID,
                    assertThrows(ApiException.class, () -> client.backup(backup.toString()))
                            .code());
            RunView done = client.awaitRun("soon@latest", 30_000);
            assertEquals("succeeded", done.state());
            ActionResult triggered = client.trigger("m", Flag.OFF);
            RunView manual =
                    client.awaitRun(Objects.requireNonNull(triggered.runs()).getFirst(), 30_000);
            lastToken = Math.max(token(done), token(manual));
            afterwards = submit(client, "after", "\"in\":\"1h\"");
        }
        Restored restored =
                Restore.run(Restore.Order.of(backup, temp.resolve("restored"), Due.HOLD), WallClock.system());
        assertEquals(new Restored(2, 2, 1, Optional.empty()), restored);
        try (KalendsNode node = start("restored")) {
            NodeClient client = client(node);
            assertEquals("paused", client.job("soon").state());
            assertEquals("scheduled", client.job("far").state());
            assertEquals(1L, client.stats().jobs().get("paused"));
            assertEquals(
                    ErrorCode.NOT_FOUND,
                    assertThrows(ApiException.class, () -> client.job("after")).code());
            String again = submit(client, "after", "\"in\":\"1h\"");
            assertTrue(
                    JobId.parse(again).orElseThrow().sequence()
                            > JobId.parse(afterwards).orElseThrow().sequence(),
                    "an id was given out twice");
            client.resume(new PauseRequest(List.of("soon"), null, null, null, null, null, null));
            RunView run = client.awaitRun("soon@latest", 30_000);
            assertEquals("succeeded", run.state());
            assertTrue(token(run) > lastToken, "a token was given out twice");
        }
    }

    @Test
    void dueJobsRunWhenThatIsWanted() throws Exception {
        Path backup = temp.resolve("backup");
        try (KalendsNode node = start("data")) {
            NodeClient client = client(node);
            submit(client, "soon", "\"in\":\"1s\"");
            client.backup(backup.toString());
            client.awaitRun("soon@latest", 30_000);
        }
        Restore.run(Restore.Order.of(backup, temp.resolve("restored"), Due.RUN), WallClock.system());
        try (KalendsNode node = start("restored")) {
            assertEquals(
                    "succeeded", client(node).awaitRun("soon@latest", 30_000).state());
        }
    }

    @Test
    void anotherNumberOfPartitionsGivesNewIdsAndKeepsAllElse() throws Exception {
        Path backup = temp.resolve("backup");
        String before;
        try (KalendsNode node = start("data")) {
            NodeClient client = client(node);
            for (int i = 0; i < 8; i++) {
                submit(client, "job-" + i, i % 2 == 0 ? "\"in\":\"1h\"" : "\"manual\":true");
            }
            before = client.job("job-1").id();
            ActionResult triggered = client.trigger("job-1", Flag.OFF);
            client.awaitRun(Objects.requireNonNull(triggered.runs()).getFirst(), 30_000);
            client.backup(backup.toString());
        }
        Path target = temp.resolve("restored");
        Restored restored =
                Restore.run(Restore.Order.of(backup, target, Due.HOLD).into(5), WallClock.system());
        assertEquals(5, restored.partitions());
        assertEquals(2, restored.incarnation());
        assertEquals(8, restored.moved().orElseThrow().jobs());
        assertFalse(Files.exists(target.resolve("restoring")));
        Map<String, String> newByOld = new HashMap<>();
        for (String line : Files.readAllLines(target.resolve("mapping.tsv"))) {
            newByOld.put(
                    line.substring(0, JobId.TEXT_LENGTH),
                    line.substring(JobId.TEXT_LENGTH + 1, 2 * JobId.TEXT_LENGTH + 1));
        }
        try (KalendsNode node = start("restored")) {
            NodeClient client = client(node);
            assertEquals(8L, client.stats().jobs().get("waiting"));
            assertEquals(newByOld.get(before), client.job("job-1").id());
            RunView old = client.run("job-1@latest");
            assertEquals("succeeded", old.state());
            assertEquals(newByOld.get(before), old.jobId());
            ActionResult triggered = client.trigger("job-1", Flag.OFF);
            RunView run =
                    client.awaitRun(Objects.requireNonNull(triggered.runs()).getFirst(), 30_000);
            assertEquals("succeeded", run.state());
            assertTrue(token(run) > token(old), "a token was given out twice");
            assertEquals(
                    client.stats().ledger().expected(), client.stats().ledger().accounted());
            submit(client, "another", "\"in\":\"1h\"");
        }
        StartFailedException none = assertThrows(
                StartFailedException.class,
                () -> Restore.run(
                        Restore.Order.of(backup, temp.resolve("none"), Due.HOLD).into(0), WallClock.system()));
        assertEquals(NodeExit.CONFIGURATION, none.exit());
    }

    @Test
    void refusesWhatIsNoBackupAndWhatIsNotEmpty() throws IOException {
        Path empty = Files.createDirectory(temp.resolve("empty"));
        StartFailedException noBackup = assertThrows(
                StartFailedException.class,
                () -> Restore.run(Restore.Order.of(empty, temp.resolve("t"), Due.HOLD), WallClock.system()));
        assertEquals(NodeExit.CONFIGURATION, noBackup.exit());
        assertFalse(Files.exists(temp.resolve("t")));
        Path full = Files.createDirectory(temp.resolve("full"));
        Files.writeString(full.resolve("format"), "x");
        StartFailedException notEmpty = assertThrows(
                StartFailedException.class,
                () -> Restore.run(Restore.Order.of(full, full, Due.HOLD), WallClock.system()));
        assertTrue(notEmpty.message().contains("new or empty"));
        Path damaged = Files.createDirectory(temp.resolve("damaged"));
        Files.writeString(damaged.resolve("format"), "x");
        StartFailedException unreadable = assertThrows(
                StartFailedException.class,
                () -> Restore.run(Restore.Order.of(damaged, temp.resolve("u"), Due.HOLD), WallClock.system()));
        assertEquals(NodeExit.UNAVAILABLE, unreadable.exit());
    }
}
