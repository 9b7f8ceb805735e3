package dev.kalends.cli.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kalends.cli.io.TerminalFacts;
import dev.kalends.cli.testing.CannedNode;
import dev.kalends.cli.testing.CommandRun;
import dev.kalends.cli.testing.Golden;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The contract's example among others, on a terminal and in a pipe. */
final class NextCommandTest {
    private static final String FIRES = """
            {"at":"2026-03-08T07:10:00.000Z","local":"2026-03-08T03:10:00-04:00","inMs":69000000,
             "note":"02:47 does not exist; fires at the end of the gap; splay, 10m after Sun 2026-03-08 03:00 EDT",
             "nominalAt":"2026-03-08T07:00:00.000Z"},
            {"at":"2026-03-09T06:57:00.000Z","local":"2026-03-09T02:57:00-04:00","inMs":154620000,
             "note":"splay, 10m after Mon 2026-03-09 02:47 EDT","nominalAt":"2026-03-09T06:47:00.000Z"}
            """.replace("\n", "");

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
                .add(
                        CommandRun.onTerminal().terminal(new TerminalFacts(true, true, true, 120, true)),
                        "next",
                        "--cron",
                        "0 9 * * 1-5",
                        "--from",
                        "2026-12-23T00:00Z",
                        "-n",
                        "3",
                        "--explain",
                        "--except",
                        "2026-12-24,12-25",
                        "--except",
                        "12-28")
                .add(CommandRun.inPipe(), "next", "--cron", "@daily", "--except", "2026-13-01")
                .add(CommandRun.inPipe(), "next", "--cron", "@daily", "--except", "nowhere.ics")
                .add(CommandRun.inPipe(), "next", "--cron", "0 0 25 12 *", "--except", "12-25")
                .check();
    }

    @Test
    void ofAJob() throws IOException {
        try (CannedNode node = new CannedNode()) {
            node.answer("GET /v1/jobs/billing%2Fclose/next", page("scheduled", FIRES))
                    .answer("GET /v1/jobs/asleep/next", page("paused", FIRES))
                    .answer("GET /v1/jobs/over/next", page("finished", ""));
            CommandRun wide =
                    node.with(CommandRun.onTerminal().terminal(new TerminalFacts(true, true, true, 140, true)));
            new Golden("next-job")
                    .add(wide, "next", "billing/close", "-n", "2", "--explain")
                    .add(node.onTerminal(), "next", "asleep")
                    .add(node.onTerminal(), "next", "over")
                    .add(node.inPipe(), "next", "billing/close")
                    .add(node.inPipe(), "next", "billing/close", "-o", "json")
                    .add(node.inPipe(), "next", "billing/close", "-o", "ndjson")
                    .add(node.inPipe(), "next", "billing/close", "-q")
                    .add(node.inPipe(), "next", "billing/close", "--tz", "UTC")
                    .add(node.inPipe(), "next", "nobody")
                    .check();
            assertEquals(
                    "GET /v1/jobs/billing%2Fclose/next?n=2", node.requests().getFirst());
        }
    }

    private static String page(String state, String items) {
        return "{\"asOf\":\"2026-03-07T12:00:00.000Z\",\"id\":\"7m2r3tx01k9qf\",\"name\":\"billing/close\","
                + "\"tenant\":\"default\",\"state\":\"" + state + "\",\"schedule\":{\"type\":\"cron\","
                + "\"cron\":\"H 2 * * *\",\"tz\":\"America/New_York\",\"dst\":\"cron\","
                + "\"words\":\"every day at 02:47, America/New_York\"},\"items\":[" + items
                + "],\"next\":null,\"pause\":"
                + (state.equals("paused")
                        ? "{\"by\":\"job\",\"since\":\"2026-03-07T11:00:00.000Z\",\"reason\":\"flood\"}"
                        : "null")
                + "}";
    }
}
