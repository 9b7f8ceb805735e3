package dev.kalends.cli.dead;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kalends.cli.io.TerminalFacts;
import dev.kalends.cli.testing.CannedNode;
import dev.kalends.cli.testing.CommandRun;
import dev.kalends.cli.testing.Golden;
import dev.kalends.cli.testing.Samples;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@code dlq} prints, asks and sends. */
final class DeadGoldenTest {
    private static final String REDRIVE = "POST /v1/dead/redrive";
    private static final String DISCARD = "POST /v1/dead/discard";

    @Test
    void listsAndShows() throws IOException {
        try (CannedNode node = new CannedNode()) {
            String run = Samples.runInFull("billing/ledger-sync", "dead", "\"HTTP 503\"", "one\\ntwo\\n");
            node.answer("GET /v1/dead", Samples.deadPage("null", "billing/ledger-sync", "\"HTTP 503\""))
                    .answer("GET /v1/runs/7m2r3tx01k9qf@20260307T073000Z", run)
                    .answer("GET /v1/runs/alive@latest", Samples.runInFull("alive", "succeeded", "null", ""));
            new Golden("dlq-ls")
                    .add(node.onTerminal(), "dlq", "ls")
                    .add(node.inPipe(), "dlq", "ls", "--error", "HTTP 5..")
                    .add(node.inPipe(), "dlq", "ls", "-o", "json")
                    .add(node.inPipe(), "dlq", "ls", "-q")
                    .add(node.onTerminal(), "dlq", "show", "7m2r3tx01k9qf@20260307T073000Z")
                    .add(node.inPipe(), "dlq", "show", "--fingerprint", "9f8e7d6c", "-q")
                    .add(node.inPipe(), "dlq", "show", "alive@latest")
                    .add(node.inPipe(), "dlq")
                    .add(node.inPipe(), "dlq", "redrvie")
                    .check();
        }
    }

    @Test
    void previewsAndRefuses() throws IOException {
        try (CannedNode node = new CannedNode()) {
            node.answer(REDRIVE, Samples.deadAnswer(37, true)).answer(DISCARD, Samples.deadAnswer(1, true));
            String[] sample = {"dlq", "redrive", "--job", "billing/*", "--error", "HTTP 503", "--dry-run"};
            new Golden("dlq-preview")
                    .add(node.onTerminal(), sample)
                    .add(node.inPipe(), sample)
                    .add(node.with(CommandRun.inPipe().variable("KALENDS_OUTPUT", "json")), sample)
                    .add(node.inPipe(), "dlq", "redrive", "--all")
                    .add(node.onTerminal().stdin("36\n"), "dlq", "redrive", "--all")
                    .add(node.onTerminal().stdin(""), "dlq", "discard", "--job", "x")
                    .add(node.inPipe(), "dlq", "discard")
                    .add(node.inPipe(), "dlq", "discard", "--all", "--job", "x")
                    .add(node.inPipe(), "dlq", "discard", "--all", "--rate", "5/s")
                    .check();
            for (String request : node.requests()) {
                assertEquals(true, request.endsWith("\"dryRun\":true}"), request);
            }
        }
    }

    private static String redriving(String state, String phase, int reopened, int succeeded, String why) {
        return "{\"id\":\"f00d\",\"state\":\"" + state + "\",\"phase\":\"" + phase + "\",\"count\":37,\"reopened\":"
                + reopened + ",\"succeeded\":" + succeeded + ",\"died\":" + (why.equals("null") ? 0 : 1) + ",\"left\":"
                + (37 - reopened) + ",\"run\":" + (why.equals("null") ? "null" : "\"a@20260307T073000Z\"")
                + ",\"reason\":" + why + "}";
    }

    /** The node does it; the command says how it goes and ends with what became of it. */
    @Test
    void followsACanary() throws IOException {
        try (CannedNode node = new CannedNode()) {
            String begun = Samples.deadAnswer(37, false).replaceFirst("\\{", "{\"redrive\":\"f00d\",");
            String why = "\"a run died again: HTTP 503\"";
            for (int i = 0; i < 4; i++) {
                node.answer(REDRIVE, begun);
            }
            node.answer("GET /v1/dead/redrives/f00d", redriving("running", "first", 1, 0, "null"))
                    .answer("GET /v1/dead/redrives/f00d", redriving("done", "all", 37, 11, "null"))
                    .answer("GET /v1/dead/redrives/f00d", redriving("stopped", "first", 1, 0, why));
            new Golden("dlq-canary")
                    .add(node.onTerminal(), "dlq", "redrive", "--all", "--canary", "--yes")
                    .add(node.onTerminal(), "dlq", "redrive", "--all", "--canary", "--yes")
                    .add(node.inPipe(), "dlq", "redrive", "--all", "--canary", "--yes")
                    .add(node.inPipe(), "dlq", "redrive", "--all", "--canary", "--yes", "-o", "json")
                    .check();
            assertEquals(
                    REDRIVE + " {\"all\":true,\"canary\":true}", node.requests().getFirst());
        }
    }

    @Test
    void doesWhatWasConfirmed() throws IOException {
        try (CannedNode node = new CannedNode()) {
            node.answer(REDRIVE, Samples.deadAnswer(37, true))
                    .answer(REDRIVE, Samples.deadAnswer(37, false))
                    .answer(REDRIVE, Samples.deadAnswer(37, false))
                    .answer(DISCARD, Samples.deadAnswer(1, true))
                    .answer(DISCARD, Samples.deadAnswer(1, false))
                    .answer(DISCARD, Samples.deadAnswer(0, false));
            new Golden("dlq-done")
                    .add(node.onTerminal().stdin("37\n"), "dlq", "redrive", "--all", "--since", "1d", "--rate", "5/s")
                    .add(node.inPipe(), "dlq", "redrive", "--fingerprint", "9f8e7d6c", "--yes")
                    .add(node.onTerminal().stdin("1\n"), "dlq", "discard", "--job", "billing/*")
                    .add(
                            node.with(CommandRun.onTerminal().terminal(new TerminalFacts(false, true, true, 80, true))),
                            "dlq",
                            "discard",
                            "a@20260307T073000Z",
                            "-y")
                    .check();
            assertEquals(
                    List.of(
                            REDRIVE + " {\"all\":true,\"since\":\"1d\",\"rate\":\"5/s\",\"dryRun\":true}",
                            REDRIVE + " {\"all\":true,\"since\":\"1d\",\"rate\":\"5/s\"}",
                            REDRIVE + " {\"fingerprint\":\"9f8e7d6c\"}",
                            DISCARD + " {\"job\":\"billing/*\",\"dryRun\":true}",
                            // One run was counted and listed: it alone is discarded, whatever died since.
                            DISCARD + " {\"runs\":[\"7m2r3tx01k9qf@20260307T073000Z\"]}",
                            DISCARD + " {\"runs\":[\"a@20260307T073000Z\"]}"),
                    node.requests());
        }
    }
}
