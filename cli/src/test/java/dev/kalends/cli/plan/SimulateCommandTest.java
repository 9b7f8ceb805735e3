package dev.kalends.cli.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.api.Json;
import dev.kalends.api.SimulateAnswer;
import dev.kalends.api.SimulateRequest;
import dev.kalends.cli.io.TerminalFacts;
import dev.kalends.cli.testing.CannedNode;
import dev.kalends.cli.testing.CommandRun;
import dev.kalends.cli.testing.Golden;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A simulation's forms, on a terminal and in a pipe, and what the node is asked. */
final class SimulateCommandTest {
    private static final SimulateAnswer.Starts NONE = new SimulateAnswer.Starts(0, null, null, 0);
    private static final String DOWN = "came due while nobody could fire";

    private static SimulateAnswer.Starts starts(long count, String first, String last, long lateMs) {
        return new SimulateAnswer.Starts(count, at(first), at(last), lateMs);
    }

    private static String at(String time) {
        return "2026-03-07T" + time + "Z";
    }

    private static SimulateAnswer.Verdict verdict(String from, String to, long count, String what, String why) {
        return new SimulateAnswer.Verdict(at(from), at(to), count, what, why.isEmpty() ? null : why);
    }

    private static SimulateAnswer.Counts counts(
            SimulateAnswer.Starts started, SimulateAnswer.Starts caughtUp, long skipped, long missed) {
        long succeeded = started.count() + caughtUp.count();
        return new SimulateAnswer.Counts(started, caughtUp, NONE, 0, succeeded, 0, 0, skipped, missed, 0);
    }

    private static SimulateAnswer.Job job(
            String name, String words, SimulateAnswer.Counts counts, SimulateAnswer.Verdict... verdicts) {
        String[] word = words.split(" ", 3);
        return new SimulateAnswer.Job(
                "7m2r3tx01k9qf", name, "default", word[0], word[1], word[2], 100, counts, List.of(verdicts));
    }

    private static SimulateAnswer answer(List<SimulateAnswer.Job> jobs, SimulateAnswer.Counts total) {
        return new SimulateAnswer(
                at("12:00:00.000"),
                at("14:03:00.000"),
                false,
                8,
                List.of(new SimulateRequest.Outage(at("13:00:00.000"), at("13:03:00.000"))),
                List.of(at("13:30:00.000")),
                jobs,
                total,
                new SimulateAnswer.Busiest(at("13:03:00.000"), 12));
    }

    private static SimulateAnswer usual() {
        SimulateAnswer.Starts tickStarts = starts(7_199, "12:00:01.000", "14:02:59.000", 0);
        SimulateAnswer.Starts one = starts(1, "13:03:00.000", "13:03:00.000", 1_000);
        SimulateAnswer.Counts tick = counts(tickStarts, one, 1, 179);
        SimulateAnswer.Counts report = counts(starts(120, "12:01:00.000", "14:02:00.000", 0), NONE, 0, 3);
        SimulateAnswer.Counts late = counts(NONE, starts(1, "13:03:00.010", "13:03:00.010", 95_010), 0, 0);
        SimulateAnswer.Counts gone = counts(NONE, NONE, 0, 1);
        SimulateAnswer.Counts quiet = counts(starts(2, "12:30:00.000", "13:30:00.000", 0), NONE, 0, 0);
        return answer(
                List.of(
                        job("quiet", "cron last skip", quiet),
                        job(
                                "tick",
                                "every last skip",
                                tick,
                                verdict("12:00:01.000", "12:59:59.000", 3_599, "succeeded", ""),
                                verdict("13:00:00.000", "13:02:58.000", 179, "missed", DOWN),
                                verdict("13:02:59.000", "13:02:59.000", 1, "succeeded", ""),
                                verdict("13:03:00.000", "13:03:00.000", 1, "skipped", "an earlier run is still open"),
                                verdict("13:03:01.000", "14:02:59.000", 3_599, "succeeded", "")),
                        job(
                                "report",
                                "cron none skip",
                                report,
                                verdict("13:00:00.000", "13:02:00.000", 3, "missed", DOWN)),
                        job("late", "once last skip", late),
                        job(
                                "gone",
                                "once last skip",
                                gone,
                                verdict("13:01:00.000", "13:01:00.000", 1, "missed", "its deadline had passed"))),
                counts(
                        starts(7_321, "12:00:01.000", "14:02:59.000", 0),
                        starts(2, "13:03:00.000", "13:03:00.010", 95_010),
                        1,
                        183));
    }

    private static String json(SimulateAnswer answer) {
        return new String(Json.writeAnswer(answer), StandardCharsets.UTF_8);
    }

    @Test
    void everyForm() throws IOException {
        try (CannedNode node = new CannedNode().answer("POST /v1/simulate", json(usual()))) {
            String[] asked = {"simulate", "--outage", "+1h..+1h3m", "--kill-leader", "+90m"};
            CommandRun wide = node.onTerminal().terminal(new TerminalFacts(true, true, true, 120, true));
            new Golden("simulate")
                    .add(wide, asked)
                    .add(node.onTerminal(), asked)
                    .add(node.inPipe(), asked)
                    .add(node.inPipe(), "-q", "simulate", "--outage", "+1h..+1h3m")
                    .add(node.inPipe(), "-o", "json", "simulate", "--outage", "+1h..+1h3m")
                    .add(node.inPipe(), "simulate", "--outage", "+1h")
                    .add(node.inPipe(), "simulate", "--outage", "soon..+1h")
                    .add(node.inPipe(), "simulate", "--for", "x")
                    .add(node.inPipe(), "simulate", "--tz", "Europe/Berlni")
                    .add(node.inPipe(), "simulate", "-f", "/nonexistent")
                    .check();
        }
    }

    @Test
    void anEarlyEndIsSaid() throws IOException {
        SimulateAnswer full = usual();
        SimulateAnswer cut = new SimulateAnswer(
                full.from(),
                full.until(),
                true,
                1,
                List.of(),
                List.of(),
                full.jobs().subList(0, 1),
                full.jobs().getFirst().counts(),
                null);
        try (CannedNode node = new CannedNode().answer("POST /v1/simulate", json(cut))) {
            new Golden("simulate-cut")
                    .add(node.onTerminal(), "simulate")
                    .add(node.inPipe(), "simulate")
                    .check();
        }
    }

    @Test
    void whatNothingHappensToComesLastAndIsCounted() throws IOException {
        List<SimulateAnswer.Job> jobs = new ArrayList<>();
        SimulateAnswer.Counts quiet = counts(starts(1, "12:30:00.000", "12:30:00.000", 0), NONE, 0, 0);
        for (int i = 0; i < 50; i++) {
            jobs.add(job("quiet" + i, "cron last skip", quiet));
        }
        SimulateAnswer.Counts missed = counts(NONE, NONE, 0, 7);
        jobs.add(job("hit", "every none skip", missed));
        try (CannedNode node = new CannedNode().answer("POST /v1/simulate", json(answer(jobs, missed)))) {
            String out = node.onTerminal().run("simulate").out();
            assertTrue(out.indexOf("hit") < out.indexOf("quiet0"), out);
            assertTrue(out.contains("and 11 more: all with -o ndjson"), out);
        }
    }

    @Test
    void whatTheNodeIsAsked(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("jobs");
        Files.writeString(file, "{\"every\":\"1s\",\"noop\":true}\n\n{\"in\":\"1h\",\"noop\":true}\n");
        try (CannedNode node = new CannedNode().answer("POST /v1/simulate", json(usual()))) {
            node.inPipe()
                    .run(
                            "simulate",
                            "billing/*",
                            "tick",
                            "--outage",
                            "2026-03-07T15:00..+1d",
                            "--outage",
                            "2026-03-08T02:30..2026-03-08T03:30Z",
                            "--kill-leader",
                            "+5m",
                            "--tz",
                            "America/New_York",
                            "--for",
                            "2d",
                            "--takes",
                            "3s",
                            "--slots",
                            "4",
                            "-l",
                            "k=v",
                            "-f",
                            file.toString());
            assertEquals(
                    List.of("POST /v1/simulate {\"jobs\":[\"billing/*\",\"tick\"],\"labels\":[\"k=v\"],"
                            + "\"drafts\":[{\"every\":\"1s\",\"noop\":true},{\"in\":\"1h\",\"noop\":true}],"
                            + "\"outages\":[{\"from\":\"2026-03-07T20:00:00.000Z\",\"to\":\"1d\"},"
                            + "{\"from\":\"2026-03-08T07:00:00.000Z\",\"to\":\"2026-03-08T03:30:00.000Z\"}],"
                            + "\"leaderKills\":[\"5m\"],\"span\":\"2d\",\"takes\":\"3s\",\"slots\":4}"),
                    node.requests());
        }
    }

    @Test
    void aWrongLineOfAFileIsNamed(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("jobs");
        Files.writeString(file, "{\"every\":\"1s\",\"noop\":true}\n{\"evry\":\"1s\"}\n");
        CommandRun.Outcome outcome = CommandRun.inPipe().run("simulate", "-f", file.toString());
        assertEquals(2, outcome.status());
        assertTrue(outcome.err().contains("field=evry line=2"), outcome.err());
    }
}
