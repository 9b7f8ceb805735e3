package dev.kalends.cli.look;

import dev.kalends.cli.io.TerminalFacts;
import dev.kalends.cli.testing.CannedNode;
import dev.kalends.cli.testing.CommandRun;
import dev.kalends.cli.testing.Golden;
import dev.kalends.cli.testing.Samples;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Tables, pipes, JSON and errors of {@code ls}, {@code show}, {@code runs}, {@code logs}, {@code events}. */
final class LookGoldenTest {
    private static final TerminalFacts WIDE = new TerminalFacts(true, true, true, 160, true);
    private static final TerminalFacts COLOURS = new TerminalFacts(true, true, true, 80, false);

    @Test
    void listsJobs() throws IOException {
        try (CannedNode node = new CannedNode()) {
            node.answer(
                    "GET /v1/jobs",
                    Samples.page("null", Samples.job("billing/ledger-sync", "scheduled"), Samples.plainJob()));
            new Golden("ls")
                    .add(node.onTerminal(), "ls")
                    .add(node.with(CommandRun.inPipe().terminal(WIDE)), "ls", "-o", "wide")
                    .add(node.with(CommandRun.inPipe().terminal(COLOURS)), "ls")
                    .add(node.inPipe(), "ls")
                    .add(node.inPipe(), "ls", "-o", "json")
                    .add(node.inPipe(), "ls", "-o", "ndjson")
                    .add(node.inPipe(), "ls", "-o", "name")
                    .add(node.inPipe(), "ls", "-q")
                    .add(node.inPipe(), "ls", "--watch")
                    .add(node.inPipe(), "ls", "a", "b")
                    .add(node.inPipe(), "ls", "--limit", "0")
                    .check();
        }
    }

    @Test
    void listsRuns() throws IOException {
        try (CannedNode node = new CannedNode()) {
            node.answer(
                    "GET /v1/runs",
                    Samples.page(
                            "null",
                            Samples.run("billing/ledger-sync", "retrying", "\"HTTP 503 from upstream\\nretry later\""),
                            Samples.run("billing/ledger-sync", "succeeded", "null")));
            new Golden("runs")
                    .add(node.onTerminal(), "runs", "billing/ledger-sync")
                    .add(node.inPipe(), "runs")
                    .add(node.inPipe(), "runs", "-o", "json", "--limit", "2")
                    .add(node.inPipe(), "runs", "-q")
                    .check();
        }
    }

    @Test
    void showsOneInFull() throws IOException {
        try (CannedNode node = new CannedNode()) {
            String run = Samples.runInFull("billing/ledger-sync", "running", "\"HTTP 503\"", "one\\ntwo\\n");
            node.answer("GET /v1/jobs/billing%2Fledger-sync", Samples.job("billing/ledger-sync", "scheduled"))
                    .answer("GET /v1/jobs/0c3vq8yz2m5rt", Samples.plainJob())
                    .answer(
                            "GET /v1/jobs/asleep",
                            Samples.job("asleep", "paused")
                                    .replace(
                                            "\"fired\":7",
                                            "\"fired\":7,\"pause\":{\"by\":\"tenant\",\"tenant\":\"default\","
                                                    + "\"since\":\"2026-03-07T09:00:00.000Z\",\"until\":null,"
                                                    + "\"reason\":\"flood \\u001b[31m\",\"resuming\":false}"))
                    .answer("GET /v1/runs/billing%2Fledger-sync@latest", run)
                    .refuse(
                            "GET /v1/jobs/biling%2Fledger-sync",
                            404,
                            Samples.error(
                                    "not_found",
                                    "no job \"biling/ledger-sync\" in tenant default",
                                    "did you mean billing/ledger-sync?   list: kalends ls 'b*'"));
            new Golden("show")
                    .add(node.onTerminal(), "show", "billing/ledger-sync")
                    .add(node.onTerminal(), "show", "0c3vq8yz2m5rt")
                    .add(node.onTerminal(), "show", "asleep")
                    .add(node.onTerminal(), "show", "billing/ledger-sync@latest")
                    .add(node.inPipe(), "show", "billing/ledger-sync")
                    .add(node.inPipe(), "show", "billing/ledger-sync@latest")
                    .add(node.inPipe(), "show", "billing/ledger-sync", "-o", "json")
                    .add(node.inPipe(), "show", "billing/ledger-sync@latest", "-q")
                    .add(node.inPipe(), "show", "billing/ledger-sync", "-o", "name")
                    .add(node.inPipe(), "show", "biling/ledger-sync")
                    .add(node.inPipe(), "show", "biling/ledger-sync", "-o", "json")
                    .add(node.inPipe(), "show")
                    .check();
        }
    }

    @Test
    void printsOutput() throws IOException {
        try (CannedNode node = new CannedNode()) {
            String ended = Samples.runInFull("sync", "dead", "\"exit 1\"", "one\\ntwo \\u001b[31mred");
            node.answer("GET /v1/runs/sync@latest", ended)
                    .answer("GET /v1/runs/open@latest", Samples.runInFull("open", "running", "null", ""))
                    .answer(
                            "GET /v1/runs/7m2r3tx01k9qf@20260307T073000Z/output",
                            "{\"attempt\":1,\"offset\":1024,\"text\":\"earlier\\n\",\"done\":true}");
            new Golden("logs")
                    .add(node.onTerminal(), "logs", "sync")
                    .add(node.inPipe(), "logs", "sync", "--attempt", "1")
                    .add(node.inPipe(), "logs", "sync", "--attempt", "1", "-o", "json")
                    .add(node.inPipe(), "logs", "sync", "--attempt", "7")
                    .add(node.inPipe(), "logs", "open")
                    .add(node.inPipe(), "logs", "-f", "sync", "--attempt", "1")
                    .check();
        }
    }

    @Test
    void followsOutputUntilTheRunEnds() throws IOException {
        try (CannedNode node = new CannedNode()) {
            String first = "{\"attempt\":2,\"offset\":0,\"text\":\"one\\n\",\"done\":false}";
            String second = "{\"attempt\":2,\"offset\":0,\"text\":\"one\\ntwo\\n\",\"done\":true}";
            String running = Samples.run("sync", "running", "null");
            node.answer("GET /v1/runs/sync@latest/wait", running.replace("\"running\"", "\"scheduled\""))
                    .answer("GET /v1/runs/sync@latest/wait", running)
                    .refuse("GET /v1/runs/7m2r3tx01k9qf@20260307T073000Z/wait", 503, "")
                    .answer(
                            "GET /v1/runs/7m2r3tx01k9qf@20260307T073000Z/wait",
                            Samples.run("sync", "succeeded", "null"))
                    .answer("GET /v1/runs/7m2r3tx01k9qf@20260307T073000Z/output", first)
                    .answer("GET /v1/runs/7m2r3tx01k9qf@20260307T073000Z/output", second);
            new Golden("logs-follow").add(node.inPipe(), "logs", "-f", "sync").check();
        }
    }

    @Test
    void printsEvents() throws IOException {
        try (CannedNode node = new CannedNode()) {
            node.answer("GET /v1/events", """
                    {"cursor":"7","at":"2026-03-07T11:59:00.000Z","type":"job.created","tenant":"default","jobId":"7m2r3tx01k9qf","jobName":"sync"}
                    {"cursor":"8","at":"2026-03-07T11:59:01.004Z","type":"run.running","tenant":"default","jobId":"7m2r3tx01k9qf","jobName":"sync","run":"7m2r3tx01k9qf@20260307T115901Z","attempt":2,"skewMs":4,"worker":"host-1.4711"}
                    {"cursor":"9","at":"2026-03-07T11:59:02.000Z","type":"stream.gap","detail":"events before this cursor are lost: list again"}
                    {"cursor":"9","at":"2026-03-07T11:59:02.500Z","type":"stream.idle"}
                    {"cursor":"10","at":"2026-03-07T11:59:03.000Z","type":"run.dead","tenant":"default","jobId":"7m2r3tx01k9qf","jobName":"sync","run":"7m2r3tx01k9qf@20260307T115901Z","attempt":3,"detail":"exit 1\\u001b[2J"}
                    """);
            new Golden("events")
                    .add(node.onTerminal(), "events")
                    .add(node.inPipe(), "events", "sync")
                    .add(node.inPipe(), "events", "-o", "ndjson")
                    .add(node.inPipe(), "events", "-q")
                    .check();
        }
    }

    @Test
    void saysWhenThereIsNothing() throws IOException {
        try (CannedNode node = new CannedNode()) {
            node.answer("GET /v1/jobs", Samples.page("null"))
                    .answer("GET /v1/runs", Samples.page("null"))
                    .answer("GET /v1/events", "");
            new Golden("nothing")
                    .add(node.onTerminal(), "ls")
                    .add(node.onTerminal(), "ls", "x*")
                    .add(node.inPipe(), "ls")
                    .add(node.inPipe(), "ls", "-o", "json")
                    .add(node.onTerminal(), "runs")
                    .add(node.onTerminal(), "events")
                    .check();
        }
    }
}
