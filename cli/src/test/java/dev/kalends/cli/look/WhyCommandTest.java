package dev.kalends.cli.look;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kalends.cli.testing.CannedNode;
import dev.kalends.cli.testing.Golden;
import dev.kalends.cli.testing.Samples;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each verdict as people and programs read it. */
final class WhyCommandTest {
    private static final String FIRE = "the fire of Sat 2026-03-07 02:30 EST ";
    private static final String NEXT =
            "{\"at\":\"2026-03-08T07:00:00.000Z\",\"local\":\"2026-03-08T03:00:00-04:00\",\"inMs\":68400000,"
                    + "\"note\":null,\"nominalAt\":\"2026-03-08T07:00:00.000Z\"}";

    /** A verdict; the parts are JSON of fields that not every verdict has. */
    private static String why(String verdict, String sentence, String parts, String hints) {
        return "{\"asOf\":\"2026-03-07T12:00:00.000Z\",\"jobId\":\"7m2r3tx01k9qf\",\"jobName\":\"billing/close\","
                + "\"tenant\":\"default\",\"at\":\"2026-03-07T07:30:00.000Z\",\"dueAt\":\"2026-03-07T07:30:00.000Z\","
                + "\"verdict\":\"" + verdict + "\",\"sentence\":\"" + Samples.quoted(sentence) + "\",\"generation\":2,"
                + "\"currentGeneration\":2,\"acceptedAt\":\"2026-03-01T10:00:00.000Z\",\"partition\":0,\"epoch\":7,"
                + "\"leading\":true,\"next\":" + NEXT + parts + ",\"hints\":[" + hints + "]}";
    }

    private static String run(String state, String error) {
        return ",\"run\":" + Samples.runInFull("billing/close", state, error, "") + ",\"stages\":["
                + "{\"stage\":\"wheel\",\"ms\":1},{\"stage\":\"queue\",\"ms\":3}]";
    }

    private static String ledger(String verdict, String reason) {
        return ",\"ledger\":{\"from\":\"2026-03-05T07:30:00.000Z\",\"to\":\"2026-03-07T07:30:00.000Z\",\"count\":3,"
                + "\"verdict\":\"" + verdict + "\",\"reason\":\"" + reason + "\"},\"stages\":[]";
    }

    @Test
    void firesThatHaveARun() throws IOException {
        try (CannedNode node = new CannedNode()) {
            String late = ",\"late\":{\"stage\":\"overlap\",\"ms\":240000},\"behind\":"
                    + "\"7m2r3tx01k9qf@20260306T073000Z\",\"run\":" + Samples.run("billing/close", "succeeded", "null")
                    + ",\"stages\":[{\"stage\":\"wheel\",\"ms\":4},{\"stage\":\"overlap\",\"ms\":240000},"
                    + "{\"stage\":\"queue\",\"ms\":120}]";
            node.answer(
                            "GET /v1/jobs/billing%2Fclose/why",
                            why("succeeded", FIRE + "succeeded", run("succeeded", "null"), "\"kalends logs x\""))
                    .answer(
                            "GET /v1/jobs/late/why",
                            why("succeeded", FIRE + "succeeded, 4m late (overlap 4m)", late, "\"kalends logs x\""))
                    .answer(
                            "GET /v1/jobs/dead/why",
                            why(
                                    "dead",
                                    FIRE + "died: HTTP 503",
                                    run("dead", "\"HTTP 503\""),
                                    "\"kalends dlq show x\",\"kalends dlq redrive x\""))
                    .answer(
                            "GET /v1/jobs/running/why",
                            why("running", FIRE + "is running", run("running", "null"), "\"kalends logs -f x\""))
                    .answer(
                            "GET /v1/jobs/retrying/why",
                            why(
                                    "retrying",
                                    FIRE + "failed and will be tried again: HTTP 503",
                                    run("retrying", "\"HTTP 503\""),
                                    "\"kalends show x\""));
            new Golden("why-run")
                    .add(node.onTerminal(), "why", "billing/close@2026-03-07T02:30")
                    .add(node.onTerminal(), "why", "late")
                    .add(node.onTerminal(), "why", "dead")
                    .add(node.onTerminal(), "why", "running")
                    .add(node.onTerminal(), "why", "retrying")
                    .add(node.inPipe(), "why", "running")
                    .add(node.inPipe(), "why", "dead", "-q")
                    .add(node.inPipe(), "why", "dead", "-o", "json")
                    .check();
            assertEquals(
                    "GET /v1/jobs/billing%2Fclose/why?at=2026-03-07T02%3A30",
                    node.requests().getFirst());
        }
    }

    private static final String PAUSE =
            ",\"pause\":{\"by\":\"job\",\"tenant\":null,\"since\":\"2026-03-07T01:00:00.000Z\",\"until\":null,"
                    + "\"reason\":\"flood\",\"resuming\":false},\"stages\":[]";
    private static final String BETWEEN =
            ",\"stages\":[],\"before\":\"2026-03-06T07:30:00.000Z\"," + "\"after\":\"2026-03-07T07:30:00.000Z\"";

    private static void answer(CannedNode node, String job, String why) {
        node.answer("GET /v1/jobs/" + job + "/why", why);
    }

    private static void passedOver(CannedNode node) {
        String open = "an earlier run is still open";
        String behind = ",\"behind\":\"7m2r3tx01k9qf@20260304T073000Z\"";
        String trigger = "\"kalends trigger billing/close\"";
        answer(
                node,
                "skipped",
                why("skipped", FIRE + "was skipped: " + open, ledger("skipped", open) + behind, trigger));
        String down = "came due while nobody could fire";
        answer(node, "missed", why("missed", FIRE + "was missed: " + down, ledger("missed", down), trigger));
        answer(node, "paused", why("paused", FIRE + "is held back: paused: flood", PAUSE, "\"kalends resume x\""));
        answer(
                node,
                "cancelled",
                why(
                        "cancelled",
                        FIRE + "was cancelled: its job was cancelled before it came due",
                        ",\"stages\":[]",
                        ""));
    }

    private static void undecided(CannedNode node) {
        answer(node, "soon", why("not_yet", FIRE + "comes in 19h: it waits for its time", ",\"stages\":[]", ""));
        answer(
                node,
                "overdue",
                why(
                        "overdue",
                        FIRE + "came due 4h 30m ago: the partition's leader has not decided it yet",
                        ",\"stages\":[]",
                        "\"kalends leases\",\"kalends doctor\""));
        String none = "Sat 2026-03-07 02:29 EST is no fire of this job: its schedule has no fire there";
        answer(
                node,
                "none",
                why("not_a_fire", none, BETWEEN, "\"kalends next billing/close --explain\"")
                        .replace("\"dueAt\":\"2026-03-07T07:30:00.000Z\",", "\"dueAt\":null,"));
        answer(
                node,
                "edited",
                why("no_record", FIRE + "was decided: \u001b[31mnothing is kept", ",\"stages\":[]", "")
                        .replace("\"currentGeneration\":2", "\"currentGeneration\":5")
                        .replace("\"leading\":true", "\"leading\":false"));
    }

    @Test
    void firesWithoutARun() throws IOException {
        try (CannedNode node = new CannedNode()) {
            passedOver(node);
            undecided(node);
            Golden golden = new Golden("why-no-run");
            for (String job :
                    List.of("skipped", "missed", "paused", "soon", "overdue", "none", "cancelled", "edited")) {
                golden.add(node.onTerminal(), "why", job);
            }
            golden.add(node.inPipe(), "why", "skipped")
                    .add(node.inPipe(), "why", "nobody")
                    .add(node.inPipe(), "why", "x@")
                    .add(node.inPipe(), "why")
                    .check();
        }
    }
}
