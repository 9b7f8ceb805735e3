package dev.kalends.cli.submit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.cli.testing.CommandRun;
import dev.kalends.cli.testing.FakeNode;
import dev.kalends.cli.testing.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From flags to requests, from answers to what people and programs read. */
final class SubmitCommandTest {
    private static final String CREATED = "{\"id\":\"7m2r3tx01k9qf\",\"name\":\"billing/ledger-sync\","
            + "\"nextFireAt\":\"2026-03-07T12:15:00.000Z\",\"created\":true,\"warnings\":[]}";
    private static final String RUN = "{\"id\":\"7m2r3tx01k9qf@20260307T121500Z\",\"jobId\":\"7m2r3tx01k9qf\","
            + "\"jobName\":\"once\",\"tenant\":\"default\",\"kind\":\"scheduled\",\"state\":\"%s\","
            + "\"nominalAt\":\"2026-03-07T12:15:00.000Z\",\"dueAt\":\"2026-03-07T12:15:00.000Z\","
            + "\"startedAt\":\"2026-03-07T12:15:00.000Z\",\"finishedAt\":\"2026-03-07T12:15:01.200Z\","
            + "\"attempt\":1,\"maxAttempts\":3,\"exitCode\":%d,\"error\":%s}";
    private static final String[] CRON = {
        "submit",
        "--name",
        "billing/ledger-sync",
        "--cron",
        "*/15 * * * *",
        "--tz",
        "Europe/Berlin",
        "--",
        "/opt/sync.sh"
    };

    @Test
    void saysWhatWasMade() throws IOException {
        try (FakeNode node = new FakeNode().on("POST /v1/jobs", CREATED)) {
            new Golden("submit")
                    .add(node.onTerminal(), CRON)
                    .add(node.inPipe(), CRON)
                    .add(node.inPipe().variable("KALENDS_OUTPUT", "json"), CRON)
                    .add(node.inPipe(), "-q", "submit", "--in", "5m", "--", "true")
                    .add(node.onTerminal(), "submit", "--dry-run", "--at", "13:15", "--noop")
                    .check();
        }
    }

    @Test
    void refusesWhatTheCommandLineCannotMean() throws IOException {
        new Golden("submit-errors")
                .add(CommandRun.inPipe(), "submit", "--in", "5m", "echo", "hi")
                .add(CommandRun.inPipe(), "submit", "--in", "5m", "--")
                .add(CommandRun.inPipe(), "submit", "--inn", "5m", "--", "true")
                .add(CommandRun.inPipe(), "submit", "--at", "yesterday", "--", "true")
                .add(CommandRun.inPipe(), "submit", "--in", "1s", "--env", "NOEQUALS", "--", "true")
                .add(CommandRun.inPipe(), "submit", "--in", "1s", "--retry-on", "75,x", "--", "true")
                .add(CommandRun.inPipe(), "submit", "--in", "1s", "--max-attempts", "0", "--", "true")
                .add(CommandRun.inPipe(), "submit", "--in", "1s", "--stdin", "@/nonexistent/file", "--", "cat")
                .add(CommandRun.inPipe(), "submit", "--in", "1s", "--body", "x", "--", "true")
                .add(CommandRun.inPipe(), "submit", "--manual", "--wait", "--", "true")
                .add(CommandRun.inPipe(), "submit", "--in", "1s", "--wait", "--follow", "--", "true")
                .add(CommandRun.inPipe(), "submit", "-f", "/nonexistent/file")
                .add(CommandRun.inPipe(), "submit", "-f", "-", "--name", "x")
                .add(CommandRun.inPipe(), "submit", "--name", "--in", "5m", "--noop")
                .check();
    }

    private static final String EVERY_FLAG = "submit --name n --at 2026-03-08T02:30:00-05:00 --key k -l a=b -l c=d=e"
            + " --queue q --priority high --max-attempts 5 --backoff 1s..2m --max-age 1h --timeout 5m --deadline 10m"
            + " --on-lost fail --retry-on 75,111 --env A=1 --env B= --cwd /tmp --user u --sandbox strict";

    @Test
    void sendsEveryFlag(@TempDir Path dir) throws IOException {
        Path input = dir.resolve("input");
        Files.writeString(input, "from a file\n");
        try (FakeNode node = new FakeNode().on("POST /v1/jobs", CREATED)) {
            List<String> words = new ArrayList<>(List.of(EVERY_FLAG.split(" ", -1)));
            words.addAll(List.of("--stdin", "@" + input, "--", "cmd", "--flag", "@x", "--", "y"));
            run(node.inPipe(), words.toArray(String[]::new));
            assertEquals(
                    "{\"name\":\"n\",\"key\":\"k\",\"at\":\"2026-03-08T07:30:00.000Z\","
                            + "\"command\":[\"cmd\",\"--flag\",\"@x\",\"--\",\"y\"],\"stdin\":\"from a file\\n\","
                            + "\"env\":{\"A\":\"1\",\"B\":\"\"},\"cwd\":\"/tmp\",\"user\":\"u\",\"queue\":\"q\","
                            + "\"priority\":\"high\",\"maxAttempts\":5,\"backoff\":\"1s..2m\",\"maxAge\":\"1h\","
                            + "\"timeout\":\"5m\",\"deadline\":\"10m\",\"onLost\":\"fail\",\"retryOn\":[75,111],"
                            + "\"sandbox\":\"strict\",\"labels\":{\"a\":\"b\",\"c\":\"d=e\"}}",
                    node.asked().getLast().body());
            run(
                    node.inPipe(),
                    "submit",
                    "--every",
                    "1h",
                    "--anchor",
                    "2026-03-07T00:00Z",
                    "--from",
                    "2026-03-08T00:00Z",
                    "--until",
                    "2026-04-01T00:00Z",
                    "--max-runs",
                    "9",
                    "--splay",
                    "30s",
                    "--overlap",
                    "queue",
                    "--catch-up",
                    "none",
                    "--http",
                    "post",
                    "http://x.test/y",
                    "--header",
                    "Accept: text/plain",
                    "--body",
                    "@@home");
            assertEquals(
                    "{\"every\":\"1h\",\"anchor\":\"2026-03-07T00:00:00.000Z\",\"http\":{\"method\":\"POST\","
                            + "\"url\":\"http://x.test/y\",\"headers\":{\"Accept\":\"text/plain\"},"
                            + "\"body\":\"@home\"},\"overlap\":\"queue\",\"catchUp\":\"none\","
                            + "\"from\":\"2026-03-08T00:00:00.000Z\",\"until\":\"2026-04-01T00:00:00.000Z\","
                            + "\"maxRuns\":9,\"splay\":\"30s\"}",
                    node.asked().getLast().body());
            run(node.inPipe().stdin("typed"), "submit", "--in", "1s", "--stdin", "-", "--", "cat");
            assertEquals(
                    "{\"in\":\"1s\",\"command\":[\"cat\"],\"stdin\":\"typed\"}",
                    node.asked().getLast().body());
        }
    }

    @Test
    void sendsTheDaysOfACalendar(@TempDir Path dir) throws IOException {
        Path file = dir.resolve("holidays.ICS");
        Files.writeString(file, """
                BEGIN:VCALENDAR
                BEGIN:VEVENT
                DTSTART;VALUE=DATE:20261225
                DTEND;VALUE=DATE:20261227
                END:VEVENT
                BEGIN:VEVENT
                SUMMARY:Standup\033[31m
                DTSTART:20260307T090000Z
                END:VEVENT
                BEGIN:VEVENT
                DTSTART;VALUE=DATE:20200101
                RRULE:FREQ=YEARLY
                END:VEVENT
                END:VCALENDAR
                """);
        try (FakeNode node = new FakeNode().on("POST /v1/jobs", CREATED)) {
            CommandRun.Outcome outcome = run(
                    node.onTerminal(),
                    "submit",
                    "--every",
                    "1h",
                    "--except",
                    "2026-12-24,05-01",
                    "--except",
                    file.toString(),
                    "--noop");
            assertEquals(
                    "{\"every\":\"1h\",\"noop\":true,\"except\":[\"2026-12-24..2026-12-26\",\"01-01\",\"05-01\"]}",
                    node.asked().getLast().body());
            assertTrue(outcome.err().startsWith("warning: --except: left out \"Standup"), outcome.err());
            assertTrue(!outcome.err().contains("\u001b[31m"), outcome.err());
            String words = "every hour, except 2026-12-24 to 2026-12-26 and 01-01 and 05-01 of every year in UTC";
            assertTrue(outcome.out().contains(words), outcome.out());
        }
        Files.writeString(file, "BEGIN:VCALENDAR\nEND:VCALENDAR\n");
        CommandRun.Outcome empty =
                CommandRun.inPipe().run("submit", "--every", "1h", "--except", file.toString(), "--noop");
        assertEquals(2, empty.status());
        assertTrue(empty.err().contains("no whole-day event that can be kept"), empty.err());
    }

    @Test
    void readsLocalTimesInTheZoneOfThisMachine() throws IOException {
        try (FakeNode node = new FakeNode().on("POST /v1/jobs", CREATED)) {
            CommandRun.Outcome outcome = run(node.inPipe(), "submit", "--at", "2026-03-29T02:30", "--noop");
            assertTrue(node.asked().getLast().body().contains("\"at\":\"2026-03-29T01:00:00.000Z\""));
            assertTrue(outcome.err().startsWith("warning: --at: 02:30 does not exist"), outcome.err());
            run(node.inPipe(), "submit", "--at", "2026-03-29T02:30", "--tz", "UTC", "--noop");
            assertTrue(node.asked().getLast().body().contains("\"at\":\"2026-03-29T02:30\",\"tz\":\"UTC\""));
        }
    }

    @Test
    void waitsAndFollows() throws IOException {
        String wait = "GET /v1/runs/7m2r3tx01k9qf@latest/wait";
        String output = "GET /v1/runs/7m2r3tx01k9qf@20260307T121500Z/output";
        try (FakeNode node = new FakeNode().on("POST /v1/jobs", CREATED)) {
            node.on(wait, RUN.formatted("succeeded", 0, "null"));
            node.on(output, "{\"attempt\":1,\"offset\":0,\"text\":\"hello\\u001b[2J\\n\",\"done\":true}");
            Golden golden = new Golden("submit-wait")
                    .add(node.onTerminal(), "submit", "--in", "15m", "--wait", "--", "true")
                    .add(node.inPipe(), "submit", "--in", "15m", "--wait", "--", "true")
                    .add(node.onTerminal(), "submit", "--in", "15m", "--follow", "--", "true");
            node.on(wait, RUN.formatted("dead", 3, "\"exit status 3\\u001b[31m\""));
            golden.add(node.onTerminal(), "submit", "--in", "15m", "--wait", "--", "false")
                    .add(node.inPipe(), "submit", "--in", "15m", "--wait", "-o", "json", "--", "false");
            node.on(wait, RUN.formatted("scheduled", 0, "null"));
            golden.add(node.inPipe(), "submit", "--in", "15m", "--wait", "--wait-timeout", "0s", "--", "true")
                    .check();
        }
    }

    @Test
    void tellsWhatTheNodeRefuses() throws IOException {
        try (FakeNode node = new FakeNode()) {
            node.on(
                    "POST /v1/jobs",
                    request -> FakeNode.Answer.error(409, "conflict", "the name is taken \\u202e; name=x"));
            Golden golden = new Golden("submit-refused").add(node.inPipe(), "submit", "--in", "5m", "--noop");
            node.on("POST /v1/jobs", request -> FakeNode.Answer.error(422, "invalid", "unknown queue"));
            golden.add(node.inPipe(), "-o", "json", "submit", "--in", "5m", "--noop");
            node.on("POST /v1/jobs", request -> FakeNode.Answer.error(401, "unauthorized", "no token"));
            golden.add(node.inPipe(), "submit", "--in", "5m", "--noop").check();
        }
    }

    private static CommandRun.Outcome run(CommandRun run, String... words) {
        CommandRun.Outcome outcome = run.run(words);
        assertEquals(0, outcome.status(), outcome.err());
        return outcome;
    }
}
