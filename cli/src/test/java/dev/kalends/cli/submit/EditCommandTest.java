package dev.kalends.cli.submit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kalends.cli.testing.CannedNode;
import dev.kalends.cli.testing.CommandRun;
import dev.kalends.cli.testing.Golden;
import dev.kalends.cli.testing.Samples;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** {@code edit}, as people and programs see it, and what it asks of the node. */
final class EditCommandTest {
    private static String edited(String name, int generation, boolean dryRun, String changed) {
        return "{\"id\":\"7m2r3tx01k9qf\",\"name\":\"" + name + "\",\"generation\":" + generation + ",\"dryRun\":"
                + dryRun + ",\"changed\":[" + changed
                + "],\"next\":[{\"at\":\"2026-03-08T07:00:00.000Z\",\"local\":\"2026-03-08T03:00:00-04:00\","
                + "\"inMs\":68400000,\"note\":\"02:30 does not exist; fires at the end of the gap\","
                + "\"nominalAt\":\"2026-03-08T07:00:00.000Z\"},{\"at\":\"2026-03-09T06:30:00.000Z\","
                + "\"local\":\"2026-03-09T02:30:00-04:00\",\"inMs\":153000000,\"note\":null,"
                + "\"nominalAt\":\"2026-03-09T06:30:00.000Z\"}],\"warnings\":[\"2026-03-08 02:30 does not exist\"]}";
    }

    private static final String CHANGED = "{\"field\":\"cron\",\"before\":\"0 2 * * *\",\"after\":\"30 2 * * *\"},"
            + "{\"field\":\"timeout\",\"before\":\"5m\",\"after\":null}";

    @Test
    void showsWhatChangedAndWhatComes() throws IOException {
        try (CannedNode node = new CannedNode()) {
            node.answer("POST /v1/jobs/nightly/edit", edited("nightly", 3, true, CHANGED))
                    .answer("POST /v1/jobs/nightly/edit", edited("nightly", 3, false, CHANGED));
            node.answer("POST /v1/jobs/same/edit", edited("same", 2, false, ""));
            String hostile = "{\"field\":\"command\",\"before\":\"" + Samples.quoted(Samples.HOSTILE)
                    + "\",\"after\":\"x\\ty\"}";
            node.answer("POST /v1/jobs/bad/edit", edited("bad", 2, false, hostile));
            String[] edit = {"edit", "nightly", "--cron", "30 2 * * *", "--unset", "timeout"};
            String[] dry = {"edit", "nightly", "--cron", "30 2 * * *", "--unset", "timeout", "--dry-run"};
            new Golden("edit")
                    .add(node.onTerminal(), dry)
                    .add(node.onTerminal(), edit)
                    .add(node.inPipe(), edit)
                    .add(node.inPipe(), "edit", "nightly", "--queue", "q", "-q")
                    .add(node.inPipe(), "edit", "nightly", "--queue", "q", "-o", "json")
                    .add(node.onTerminal(), "edit", "same", "--queue", "default")
                    .add(node.onTerminal(), "edit", "bad", "--", "x")
                    .add(node.inPipe(), "edit", "bad", "--", "x")
                    .check();
        }
    }

    @Test
    void asksForTheFieldsThatWereGivenAndNoOthers() throws IOException {
        try (CannedNode node = new CannedNode()) {
            node.answer("POST /v1/jobs/a%2Fb/edit", edited("a/b", 2, false, CHANGED));
            node.inPipe()
                    .run("edit", "a/b", "--timeout", "5m", "--unset", "max-attempts,until", "--unset", "label.team");
            assertEquals(
                    "POST /v1/jobs/a%2Fb/edit?unset=maxAttempts%2Cuntil%2Clabels.team {\"timeout\":\"5m\"}",
                    node.requests().getFirst());
            node.inPipe().run("edit", "a/b", "--dry-run", "-l", "k=v", "--", "/bin/echo", "-n", "x");
            assertEquals(
                    "POST /v1/jobs/a%2Fb/edit?dryRun=true {\"command\":[\"/bin/echo\",\"-n\",\"x\"],"
                            + "\"labels\":{\"k\":\"v\"}}",
                    node.requests().getLast());
        }
    }

    @Test
    void refusesWhatCannotBeEdited() throws IOException {
        new Golden("edit-wrong")
                .add(CommandRun.inPipe(), "edit")
                .add(CommandRun.inPipe(), "edit", "nightly")
                .add(CommandRun.inPipe(), "edit", "nightly", "--dry-run")
                .add(CommandRun.inPipe(), "edit", "nightly", "--name", "weekly")
                .add(CommandRun.inPipe(), "edit", "nightly", "--unset", ",")
                .add(CommandRun.inPipe(), "edit", "nightly", "x")
                .check();
    }
}
