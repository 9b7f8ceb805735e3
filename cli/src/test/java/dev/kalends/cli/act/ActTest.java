package dev.kalends.cli.act;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kalends.cli.testing.FakeNode;
import dev.kalends.cli.testing.Golden;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Cancel, trigger, rerun and wait: what is asked of the node, what is said, with which status. */
final class ActTest {
    private static final String JOB = "{\"id\":\"%s\",\"tenant\":\"default\",\"state\":\"%s\","
            + "\"schedule\":{\"type\":\"manual\"},\"kind\":\"noop\",\"queue\":\"default\",\"priority\":\"normal\","
            + "\"maxAttempts\":3,\"overlap\":\"skip\",\"catchUp\":\"last\",\"labels\":{},\"generation\":1,"
            + "\"revision\":1,\"createdAt\":\"2026-03-07T12:00:00.000Z\"}";
    private static final String RUN = "{\"id\":\"aaa@20260307T120000Z.m1\",\"jobId\":\"aaa\",\"tenant\":\"default\","
            + "\"kind\":\"manual\",\"state\":\"%s\",\"nominalAt\":\"2026-03-07T12:00:00.000Z\","
            + "\"dueAt\":\"2026-03-07T12:00:00.000Z\",\"attempt\":1,\"maxAttempts\":3,\"reason\":\"upstream\"}";

    @Test
    void cancelsByName() throws IOException {
        try (FakeNode node = new FakeNode()) {
            node.on("DELETE /v1/jobs/nightly", act("cancelled", "\"1 run goes on\""));
            node.on("DELETE /v1/runs/aaa@20260307T120000Z", act("already_finished", "null"));
            new Golden("cancel")
                    .add(node.onTerminal(), "cancel", "nightly")
                    .add(node.inPipe(), "cancel", "nightly", "aaa@20260307T120000Z", "nosuch")
                    .add(node.inPipe(), "cancel", "nosuch")
                    .add(node.inPipe(), "cancel", "-o", "json", "nightly", "--running")
                    .add(node.inPipe(), "cancel")
                    .add(node.inPipe(), "cancel", "nightly", "-l", "a=b")
                    .check();
            assertEquals("/v1/jobs/nightly?running=true", node.asked().getLast().target());
        }
    }

    @Test
    void cancelsByLabelOnlyWhenConfirmed() throws IOException {
        try (FakeNode node = new FakeNode()) {
            node.on(
                    "GET /v1/jobs",
                    "{\"asOf\":\"2026-03-07T12:00:00.000Z\",\"items\":[" + JOB.formatted("aaa", "scheduled") + ","
                            + JOB.formatted("bbb", "finished") + "," + JOB.formatted("ccc", "paused") + "]}");
            node.on("DELETE /v1/jobs/aaa", act("cancelled", "null"));
            node.on("DELETE /v1/jobs/ccc", act("cancelled", "null"));
            new Golden("cancel-labels")
                    .add(node.inPipe(), "cancel", "-l", "p=old", "--dry-run")
                    .add(node.inPipe(), "cancel", "-l", "p=old")
                    .add(node.onTerminal().stdin("1\n"), "cancel", "-l", "p=old")
                    .add(node.onTerminal().stdin("2\n"), "cancel", "-l", "p=old")
                    .add(node.inPipe(), "cancel", "-l", "p=old", "--yes")
                    .check();
            assertEquals(
                    4,
                    node.asked().stream()
                            .filter(asked -> asked.method().equals("DELETE"))
                            .count());
        }
    }

    @Test
    void triggersAndWaits() throws IOException {
        try (FakeNode node = new FakeNode()) {
            node.on(
                    "POST /v1/jobs/nightly/trigger",
                    "{\"id\":\"aaa\",\"name\":\"nightly\",\"outcome\":\"triggered\",\"detail\":null,"
                            + "\"runs\":[\"aaa@20260307T120000Z.m1\"]}");
            node.on("GET /v1/runs/aaa@20260307T120000Z.m1/wait", RUN.formatted("succeeded"));
            node.on("GET /v1/runs/bbb@latest/wait", RUN.formatted("skipped"));
            node.on("POST /v1/runs/aaa@20260307T120000Z.m1/rerun", act("reopened", "null"));
            new Golden("trigger-wait-rerun")
                    .add(node.onTerminal(), "trigger", "nightly")
                    .add(node.inPipe(), "trigger", "nightly", "--wait", "--force")
                    .add(node.inPipe(), "wait", "aaa@20260307T120000Z.m1", "bbb")
                    .add(node.inPipe(), "wait", "nosuch")
                    .add(node.inPipe(), "rerun", "aaa@20260307T120000Z.m1")
                    .add(node.inPipe(), "trigger")
                    .check();
        }
    }

    private static String act(String outcome, String detail) {
        return "{\"id\":\"aaa\",\"name\":\"nightly\",\"outcome\":\"" + outcome + "\",\"detail\":" + detail
                + ",\"runs\":[]}";
    }
}
