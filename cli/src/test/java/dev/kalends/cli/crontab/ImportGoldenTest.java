package dev.kalends.cli.crontab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.api.JobRequest;
import dev.kalends.api.Json;
import dev.kalends.cli.testing.CannedNode;
import dev.kalends.cli.testing.CommandRun;
import dev.kalends.cli.testing.FakeNode;
import dev.kalends.cli.testing.FakeNode.Answer;
import dev.kalends.cli.testing.Golden;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** {@code import crontab}, as people and programs see it. */
final class ImportGoldenTest {
    private static final String NONE = "{\"asOf\":\"2026-03-07T12:00:00.000Z\",\"items\":[],\"next\":null}";
    private static final String SMALL = "MAILTO=ops\n30 2 * * * /opt/backup\n@reboot /opt/start\n";

    private static String resource(String name) {
        try (InputStream in = ImportGoldenTest.class.getResourceAsStream("/crontab/" + name)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** A node that makes each job once. */
    private static FakeNode node() throws IOException {
        Map<String, String> idByName = new HashMap<>();
        FakeNode node = new FakeNode();
        node.on("POST /v1/jobs:bulk", asked -> {
            List<String> lines = new ArrayList<>();
            asked.body().lines().forEach(line -> {
                JobRequest job = Json.readRequest(JobRequest.class, line.getBytes(StandardCharsets.UTF_8));
                String id = String.format("id%011d", idByName.size());
                idByName.put(Objects.requireNonNull(job.name()), id);
                lines.add("{\"id\":\"" + id + "\",\"name\":\"" + job.name() + "\",\"created\":true}");
            });
            return Answer.ok(String.join("\n", lines) + "\n");
        });
        node.on("GET /v1/jobs", asked -> {
            List<String> items = new ArrayList<>();
            idByName.forEach((name, id) -> items.add(job(name, id, "scheduled")));
            return Answer.ok("{\"asOf\":\"2026-03-07T12:00:00.000Z\",\"items\":[" + String.join(",", items)
                    + "],\"next\":null}");
        });
        return node;
    }

    private static String job(String name, String id, String state) {
        return "{\"id\":\"" + id + "\",\"name\":\"" + name + "\",\"tenant\":\"default\",\"state\":\"" + state
                + "\",\"schedule\":{\"type\":\"cron\"},\"kind\":\"command\","
                + "\"createdAt\":\"2026-03-01T10:00:00.000Z\"}";
    }

    private static CommandRun user(CommandRun run) {
        return run.variable("LOGNAME", "root");
    }

    @Test
    void everyConstruct() throws IOException {
        try (CannedNode node = new CannedNode()) {
            node.answer("GET /v1/jobs", NONE);
            String text = resource("two-hundred");
            new Golden("import-two-hundred")
                    .add(user(node.inPipe()).stdin(text), "import", "crontab", "-", "--dry-run")
                    .check();
        }
    }

    @Test
    void crontabsOfASystem() throws IOException {
        try (CannedNode node = new CannedNode()) {
            node.answer("GET /v1/jobs", NONE);
            String system = resource("system");
            String dropIn = resource("drop-in");
            String[] words = {"import", "crontab", "-", "--user-column", "--dry-run", "--tz", "America/New_York"};
            String[] asUser = {"import", "crontab", "-", "--dry-run"};
            new Golden("import-system")
                    .add(user(node.onTerminal()).stdin(system), words)
                    .add(user(node.inPipe()).stdin(dropIn), words)
                    .add(user(node.inPipe()).stdin(system), asUser)
                    .add(user(node.inPipe()).stdin("* * * * * /bin/x\n"), words)
                    .check();
        }
    }

    @Test
    void doneTwiceThenChanged() throws IOException {
        try (FakeNode node = node()) {
            String changed = SMALL.replace("30 2", "30 3");
            String[] yes = {"import", "crontab", "-", "--yes"};
            new Golden("import-again")
                    .add(user(node.inPipe()).stdin(SMALL), "import", "crontab", "-")
                    .add(user(node.onTerminal()).stdin(SMALL), yes)
                    .add(user(node.inPipe()).stdin(SMALL), yes)
                    .add(user(node.onTerminal()).stdin(changed), "import", "crontab", "-", "--dry-run")
                    .add(user(node.inPipe()).stdin(changed), "import", "crontab", "-", "--dry-run", "-o", "ndjson")
                    .check();
        }
    }

    @Test
    void whatIsWrongBeforeAnythingIsRead() throws IOException {
        new Golden("import-wrong")
                .add(user(CommandRun.inPipe()), "import")
                .add(user(CommandRun.inPipe()), "import", "crontab")
                .add(user(CommandRun.inPipe()), "import", "crontab", "/nonexistent")
                .add(user(CommandRun.inPipe()), "import", "crontab", "-", "--tz", "Berlin", "--dry-run")
                .check();
    }

    @Test
    void theJobIsWhatCronWouldStart() throws IOException {
        try (FakeNode node = node()) {
            String text = "A=b\n5 4 * * * cat%in\n";
            assertEquals(
                    0,
                    user(node.inPipe())
                            .stdin(text)
                            .run("import", "crontab", "-", "--yes", "--tz", "UTC")
                            .status());
            String sent = node.asked().getLast().body();
            JobRequest job = Json.readRequest(JobRequest.class, sent.getBytes(StandardCharsets.UTF_8));
            assertEquals(List.of("/bin/sh", "-c", "cat"), job.command());
            assertEquals("in\n", job.stdin());
            assertEquals("UTC", job.tz());
            assertEquals("root", job.user());
            assertEquals(1, job.maxAttempts());
            assertEquals("allow", job.overlap());
            assertEquals(Map.of("crontab", "root"), job.labels());
            Map<String, String> env = Objects.requireNonNull(job.env());
            assertEquals("b", env.get("A"));
            assertEquals("/usr/bin:/bin", env.get("PATH"));
            assertEquals("root", env.get("LOGNAME"));
            assertTrue(Objects.requireNonNull(job.name()).startsWith("cron/root/cat-"));
        }
    }

    @Test
    void aJobThatWasCancelledIsMadeAgain() throws IOException {
        try (FakeNode node = node()) {
            user(node.inPipe()).stdin(SMALL).run("import", "crontab", "-", "--yes");
            JobRequest first = sent(node);
            String name = Objects.requireNonNull(first.name());
            node.on(
                    "GET /v1/jobs",
                    "{\"asOf\":\"2026-03-07T12:00:00.000Z\",\"items\":[" + job(name, "old", "cancelled")
                            + "],\"next\":null}");
            user(node.inPipe()).stdin(SMALL).run("import", "crontab", "-", "--yes");
            JobRequest again = sent(node);
            assertEquals(name, again.name());
            assertFalse(Objects.equals(first.key(), again.key()), "its key would answer for the cancelled one");
        }
    }

    private static JobRequest sent(FakeNode node) {
        return node.asked().reversed().stream()
                .filter(asked -> asked.method().equals("POST"))
                .findFirst()
                .map(asked -> Json.readRequest(JobRequest.class, asked.body().getBytes(StandardCharsets.UTF_8)))
                .orElseThrow();
    }
}
