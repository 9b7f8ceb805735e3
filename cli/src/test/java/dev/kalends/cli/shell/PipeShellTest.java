package dev.kalends.cli.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.cli.testing.CommandRun;
import dev.kalends.cli.testing.FakeNode;
import dev.kalends.cli.testing.Samples;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The shell in a pipe: commands one after the other, errors by their lines. */
final class PipeShellTest {
    private static CommandRun.Outcome shell(String lines, String... words) {
        return CommandRun.inPipe()
                .variable("KALENDS_NODE", "http://127.0.0.1:1")
                .stdin(lines)
                .run(words.length == 0 ? new String[] {"shell"} : words);
    }

    @Test
    void linesAreCommands() {
        CommandRun.Outcome outcome = shell("next --cron '0 3 * * *' -n 1 -o json\n\n# nothing\nkalends version -q\n");
        assertEquals(0, outcome.status(), outcome.err());
        assertTrue(outcome.out().contains("2026-03-08T03:00:00.000Z"), outcome.out());
        assertEquals(2, outcome.out().lines().count(), outcome.out());
        assertEquals("", outcome.err());
    }

    @Test
    void theFirstFailureIsTheStatus() {
        CommandRun.Outcome outcome = shell("version -q\nnext --cron nonsense\nls --limit x\nversion -q\n");
        assertEquals(2, outcome.status());
        assertEquals(2, outcome.out().lines().count(), "it goes on");
        assertTrue(outcome.err().startsWith("line 2: error: "), outcome.err());
        assertTrue(outcome.err().contains("\nline 3: error: usage: --limit takes"), outcome.err());
    }

    @Test
    void statusIsNotThatOfTheWorst() throws IOException {
        try (FakeNode node = new FakeNode()) {
            assertEquals(
                    3,
                    node.inPipe().stdin("show a\nls --limit x\n").run("shell").status());
        }
    }

    @Test
    void stopsWhenAsked() {
        CommandRun.Outcome outcome = shell("ls --limit x\nversion -q\n", "shell", "-e");
        assertEquals(2, outcome.status());
        assertEquals("", outcome.out());
    }

    @Test
    void errorsAsJsonHaveTheLineToo() {
        CommandRun.Outcome outcome = shell("version -q\nls --limit x -o json\n");
        assertTrue(outcome.err().startsWith("{\"line\":2,\"error\":{\"code\":\"usage\""), outcome.err());
    }

    @Test
    void linesGoOn() {
        CommandRun.Outcome outcome = shell("next \\\n  --cron \"0 3 \\\n* * *\" -n 1\nnext \\\n --limit\n");
        assertTrue(outcome.out().startsWith("2026-03-08T03:00:00"), outcome.out() + outcome.err());
        assertTrue(outcome.err().startsWith("line 4: error: usage: unknown option --limit"), outcome.err());
        assertTrue(shell("ls 'a\n").err().startsWith("line 1: error: usage: a quote is never closed"));
        assertEquals(0, shell("version -q \\").status());
    }

    @Test
    void exitLeaves() {
        assertEquals(new CommandRun.Outcome(0, "", ""), shell("exit\nls --limit x\n"));
    }

    @Test
    void whatTakesTheProcessOverStaysOutside() {
        CommandRun.Outcome outcome = shell("-q node --listen 127.0.0.1:0\n");
        assertEquals(2, outcome.status());
        assertTrue(outcome.err().contains("the shell does not start this; command=node"), outcome.err());
    }

    @Test
    void optionsOfTheShellHold() throws IOException {
        try (FakeNode node = new FakeNode()) {
            node.on("GET /v1/jobs", Samples.page("null", Samples.job("billing/close", "scheduled")));
            CommandRun.Outcome outcome = CommandRun.inPipe()
                    .stdin("ls\nls -T globex\nls -o name\n")
                    .run("--node", node.url(), "-T", "acme", "-q", "shell");
            assertEquals(0, outcome.status(), outcome.err());
            assertEquals(
                    "acme",
                    node.asked().get(0).headers().get("X-kalends-tenant"),
                    node.asked().toString());
            assertEquals("globex", node.asked().get(1).headers().get("X-kalends-tenant"));
            assertEquals(1, outcome.out().lines().distinct().count(), "-q holds: " + outcome.out());
        }
    }

    @Test
    void nothingInThePipeIsReadAsAnAnswer() throws IOException {
        try (FakeNode node = new FakeNode()) {
            node.on("GET /v1/jobs", Samples.page("null", Samples.job("billing/close", "scheduled")));
            CommandRun.Outcome outcome =
                    node.inPipe().stdin("cancel -l a=b\n1\n").run("shell");
            assertTrue(outcome.err().contains("--yes is missing"), outcome.err());
            assertTrue(outcome.err().contains("line 2: error: usage: unknown command 1"), outcome.err());
        }
    }
}
