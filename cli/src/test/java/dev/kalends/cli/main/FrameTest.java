package dev.kalends.cli.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.cli.testing.CommandRun;
import dev.kalends.cli.testing.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds for every command: help, usage errors, settings. */
final class FrameTest {
    @Test
    void helpAndUsageErrors() throws IOException {
        new Golden("frame")
                .add(CommandRun.inPipe(), "--help")
                .add(CommandRun.inPipe(), "help", "version")
                .add(CommandRun.inPipe(), "verzion")
                .add(CommandRun.inPipe(), "version", "--quite")
                .add(CommandRun.inPipe(), "version", "more")
                .add(CommandRun.inPipe(), "version", "-o", "xml")
                .add(CommandRun.inPipe(), "-o", "json", "version", "--nope")
                .add(CommandRun.inPipe(), "version", "@file")
                .add(CommandRun.inPipe(), "--", "true")
                .check();
    }

    @Test
    void wrongSettingsAreToldTogether(@TempDir Path dir) throws IOException {
        Path file = dir.resolve("kalends.conf");
        Files.writeString(file, "tenant = acme\ntoken_file = /x\nrequest-timeout = soon\n");
        CommandRun.Outcome outcome =
                CommandRun.inPipe().variable("KALENDS_NODE", "here").run("--config", file.toString(), "version");
        assertEquals(2, outcome.status());
        assertTrue(outcome.err().startsWith("error: usage: 3 settings are wrong\n"), outcome.err());
        assertTrue(outcome.err().contains("did you mean token-file?"), outcome.err());
        assertTrue(outcome.err().contains("value=here"), outcome.err());
    }

    @Test
    void everyCommandOfTheTableCanBeMade() {
        for (CommandTable.Group group : CommandTable.GROUPS) {
            for (CommandTable.Entry entry : group.entries()) {
                assertNotNull(CommandFactory.make(entry.path()), entry.path());
                CommandRun.Outcome outcome = CommandRun.inPipe().run((entry.path() + " --help").split(" "));
                assertEquals(0, outcome.status(), outcome.err());
            }
        }
    }
}
