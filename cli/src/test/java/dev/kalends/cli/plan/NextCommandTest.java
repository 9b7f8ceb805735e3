package dev.kalends.cli.plan;

import dev.kalends.cli.io.TerminalFacts;
import dev.kalends.cli.testing.CommandRun;
import dev.kalends.cli.testing.Golden;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The contract's example among others, on a terminal and in a pipe. */
final class NextCommandTest {
    @Test
    void everyForm() throws IOException {
        String[] example = {
            "next",
            "--cron",
            "30 2 * * *",
            "--tz",
            "America/New_York",
            "--from",
            "2026-03-07T00:00-05:00",
            "-n",
            "2",
            "--explain"
        };
        CommandRun wide = CommandRun.onTerminal().terminal(new TerminalFacts(true, true, true, 120, true));
        new Golden("next")
                .add(wide, example)
                .add(CommandRun.inPipe(), example)
                .add(CommandRun.inPipe().variable("KALENDS_OUTPUT", "json"), example)
                .add(CommandRun.inPipe(), "-o", "ndjson", "next", "--cron", "@daily", "-n", "1")
                .add(CommandRun.inPipe(), "-q", "next", "--cron", "0 0 12 1 1 *", "-n", "2")
                .add(CommandRun.onTerminal(), "next", "--cron", "*/15 * * * *", "--tz", "Europe/Berlin", "-n", "2")
                .add(CommandRun.onTerminal(), "next", "--cron", "0 0 30 2 *")
                .add(CommandRun.inPipe(), "next", "--cron", "61 * * * *")
                .add(CommandRun.inPipe(), "next", "--cron", "@daily", "--tz", "Europe/Berlni")
                .add(CommandRun.inPipe(), "next", "--cron", "@daily", "-n", "0")
                .add(CommandRun.inPipe(), "next")
                .check();
    }
}
