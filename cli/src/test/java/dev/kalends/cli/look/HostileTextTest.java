package dev.kalends.cli.look;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.api.OutputView;
import dev.kalends.api.RunView;
import dev.kalends.cli.command.Session;
import dev.kalends.cli.command.Settings;
import dev.kalends.cli.io.TerminalFacts;
import dev.kalends.cli.output.Format;
import dev.kalends.cli.testing.CannedNode;
import dev.kalends.cli.testing.Capture;
import dev.kalends.cli.testing.CommandRun;
import dev.kalends.cli.testing.Samples;
import dev.kalends.tui.text.TextWidth;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a job, a user or another program wrote reaches the screen as text only, in every column. */
final class HostileTextTest {
    private static final int COLUMNS = 90;
    private static final String CJK = "\u4e16\u754c".repeat(30) + "e\u0301".repeat(20) + "a" + "\u0300".repeat(50);

    /** Every field that is a text, of every answer, is this text. */
    private static CannedNode node(String text) throws IOException {
        return node(text, Samples.quoted(text));
    }

    private static CannedNode node(String text, String state) throws IOException {
        String t = Samples.quoted(text);
        String q = "\"" + t + "\"";
        String run = Samples.runInFull(t, "running", q, t)
                .replace("\"host-1.4711\"", q)
                .replace("\"node-a\"", q)
                .replace("\"reason\":null", "\"reason\":" + q)
                .replace("\"lease lost\"", q)
                .replace("\"failed\"", q)
                .replace("\"tenant\":\"default\"", "\"tenant\":" + q);
        String job = Samples.job(t, state)
                .replace("\"every day at 02:30, America/New_York\"", q)
                .replace("\"30 2 * * *\"", q)
                .replace("\"/opt/sync.sh\"", q)
                .replace("\"billing\"", q)
                .replace("\"team\"", q)
                .replace("\"queue\":\"default\"", "\"queue\":" + q)
                .replace("\"HTTP 503\"", q);
        String worker = Samples.worker(t, state).replace("\"web\"", q).replace("\"pid-namespace\"", q);
        String stats = Samples.illStats()
                .replace("\"node-a\"", q)
                .replace("\"web\"", q)
                .replace("\"wheel\"", q);
        String event = "{\"cursor\":\"7\",\"at\":" + q + ",\"type\":\"run." + t + "\",\"tenant\":" + q + ",\"jobId\":"
                + q + ",\"jobName\":" + q + ",\"run\":\"" + t + "@x\",\"worker\":" + q + ",\"detail\":" + q + "}\n";
        return new CannedNode()
                .answer("GET /v1/jobs", Samples.page("null", job, job))
                .answer("GET /v1/jobs/x", job)
                .answer("GET /v1/runs", Samples.page("null", run, run))
                .answer("GET /v1/runs/x@latest", run)
                .answer("GET /v1/runs/y@latest", run.replace("\"running\"", "\"dead\""))
                .answer("GET /v1/events", event)
                .answer("GET /v1/dead", Samples.deadPage("null", t, q).replace("9f8e7d6c", t))
                .answer("POST /v1/dead/redrive", Samples.deadAnswer(2, true).replace("7m2r3tx01k9qf", t))
                .answer("GET /v1/stats", stats)
                .answer("GET /v1/leases/partitions", Samples.page("null", Samples.partition(q)))
                .answer("GET /v1/leases/runs", Samples.page("null", run))
                .answer("GET /v1/workers", Samples.page("null", worker, Samples.worker(t, "silent")))
                .answer("GET /v1/tenants", Samples.page("null", "{\"name\":" + q + "}"))
                .answer("POST /v1/backup", "{\"id\":" + q + ",\"outcome\":" + q + ",\"detail\":" + q + "}")
                .answer("GET /livez", "ok")
                .refuse("GET /readyz", 503, Samples.error("unavailable", text, text))
                .refuse("GET /v1/jobs/gone", 404, Samples.error("not_found", text, text));
    }

    private static Stream<List<String>> commands() {
        return Stream.of(
                        "ls",
                        "show x",
                        "show x@latest",
                        "show gone",
                        "logs x",
                        "runs",
                        "events",
                        "dlq ls",
                        "dlq show y@latest",
                        "dlq redrive --all --yes",
                        "status",
                        "stats",
                        "leases",
                        "leases --partitions",
                        "workers",
                        "tenants ls",
                        "backup /b",
                        "doctor --ready")
                .map(words -> List.of(words.split(" ")));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void isHarmlessOnATerminal(List<String> words) throws IOException {
        try (CannedNode node = node(Samples.HOSTILE)) {
            for (String form : List.of("", "-owide", "-ojson", "-ondjson", "-oname", "-q")) {
                CommandRun.Outcome outcome = node.onTerminal().run(with(words, form));
                assertHarmless(outcome.out() + outcome.err(), words + " " + form);
                assertFalse(outcome.err().contains("internal"), outcome.err());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void isOneFieldInAPipe(List<String> words) throws IOException {
        if (words.getFirst().equals("logs")) {
            return;
        }
        try (CannedNode hostile = node(Samples.HOSTILE);
                CannedNode plain = node("plain")) {
            CommandRun.Outcome bad = hostile.inPipe().run(with(words, ""));
            CommandRun.Outcome good = plain.inPipe().run(with(words, ""));
            assertHarmless(bad.out() + bad.err(), words.toString());
            assertEquals(shape(good.out()), shape(bad.out()), "the same lines and fields: " + words);
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void wideAndCombiningTextFitsTheTerminal(List<String> words) throws IOException {
        if (!List.of("ls", "runs", "leases", "workers").contains(words.getFirst())) {
            return;
        }
        try (CannedNode node = node(CJK, "live")) {
            CommandRun.Outcome outcome = node.onTerminal().run(with(words, ""));
            assertTrue(outcome.out().contains("\u4e16"), outcome.out());
            outcome.out()
                    .lines()
                    .forEach(line ->
                            assertTrue(TextWidth.of(line) <= COLUMNS, TextWidth.of(line) + " columns: " + line));
        }
    }

    /** No node sends so much, but another program might: what is cut is cut before it reaches the terminal. */
    @Test
    void tenMegabytesOnOneLineAreCutOnATerminalAndWholeInAPipe() {
        String huge = "\u001b[2J" + "x".repeat(10 << 20);
        RunView run = new RunView(
                "7m2r3tx01k9qf@20260307T073000Z",
                "7m2r3tx01k9qf",
                huge,
                "default",
                "scheduled",
                "dead",
                "2026-03-07T07:30:00.000Z",
                "2026-03-07T07:30:00.000Z",
                null,
                null,
                null,
                null,
                1,
                1,
                1,
                huge,
                huge,
                null,
                huge,
                huge,
                null,
                List.of(),
                new OutputView(1, 0, huge, true),
                1);
        TerminalFacts terminal = new TerminalFacts(true, true, true, 120, true);
        Capture screen = new Capture();
        Session session = session(screen, terminal);
        RunTable.of(0).print(session.rendering(), run, List.of(run));
        new RunCard(session).print(run);
        assertTrue(screen.out().length() < 20_000, "length " + screen.out().length());
        assertHarmless(screen.out(), "screen");
        Capture pipe = new Capture();
        RunTable.of(0).print(session(pipe, TerminalFacts.pipes()).rendering(), run, List.of(run));
        assertTrue(
                pipe.out().contains("\\x1b[2Jxxx") && pipe.out().length() > 10 << 20,
                "length " + pipe.out().length());
        assertHarmless(pipe.out().substring(0, 1_000), "pipe");
    }

    private static Session session(Capture capture, TerminalFacts terminal) {
        Settings settings = new Settings(
                new Settings.Target(
                        List.of(URI.create("http://127.0.0.1:1")), Optional.empty(), Optional.empty(), 1_000),
                new Settings.Manner(Format.AUTO, false, false, false, true));
        return new Session(capture.surroundings(Map.of(), terminal), settings);
    }

    private static String[] with(List<String> words, String form) {
        Stream<String> more = form.isEmpty() ? Stream.empty() : Stream.of(form);
        return Stream.concat(words.stream(), more).toArray(String[]::new);
    }

    /** Fields on each line. */
    private static List<Integer> shape(String out) {
        return out.lines().map(line -> line.split("\t", -1).length).toList();
    }

    private static void assertHarmless(String text, String where) {
        text.codePoints().forEach(c -> {
            boolean layout = c == '\n' || c == '\t';
            int type = Character.getType(c);
            boolean harmful = type == Character.CONTROL
                    || type == Character.FORMAT
                    || type == Character.LINE_SEPARATOR
                    || type == Character.PARAGRAPH_SEPARATOR
                    || type == Character.SURROGATE;
            assertTrue(layout || !harmful, () -> "U+" + Integer.toHexString(c) + " by " + where);
        });
    }
}
