package dev.kalends.cli.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code top} in a real terminal, against a real node: what keys change, and how the terminal is left. */
@Timeout(300)
final class TopIT {
    private static final String PROGRAM = System.getProperty("kalends.program", "../scripts/kalends");
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Pattern COUNT = Pattern.compile("Type (\\d+) and Enter");

    /** A job that goes on, and one that fails, writing what a terminal might obey, until a file is there. */
    private static void submitJobs(Home home) throws Exception {
        home.run("submit", "--name", "steady/tick", "--every", "1s", "--overlap", "allow", "--noop")
                .expect(0);
        String script = "[ -e \"$0\" ] || { printf '\\033[31mno ledger\\033]0;title\\007\\n' >&2; exit 3; }";
        home.run(
                        "submit",
                        "--name",
                        "billing/close",
                        "--in",
                        "0s",
                        "--max-attempts",
                        "1",
                        "--",
                        "/bin/sh",
                        "-c",
                        script,
                        home.file("repaired").toString())
                .expect(0);
        home.run("wait", "billing/close", "--wait-timeout", "60s").expect(8);
    }

    private static void start(Pane pane, String... flags) throws Exception {
        pane.line(PROGRAM + " top " + String.join(" ", flags));
        pane.await("● live");
    }

    private static void assertLeft(Pane pane, String modes) throws Exception {
        Await.until(
                "the alternate screen is left",
                SOON,
                () -> pane.fact("alternate_on").equals("0"));
        pane.awaitShell();
        assertEquals(modes, pane.modes(), "the terminal's modes are as they were");
        assertEquals("1", pane.fact("cursor_flag"), "the cursor is there again");
    }

    @ParameterizedTest
    @CsvSource({"120,36", "80,24"})
    void whatIsDoneByKeysIsWhatTheCommandsThenShow(int columns, int rows) throws Exception {
        try (Home home = Home.make()) {
            home.node("--workers", "2");
            submitJobs(home);
            try (Pane pane = Pane.open(home, columns, rows)) {
                String modes = pane.modes();
                start(pane);
                pane.await("dead letters");
                pane.press("j");
                for (String view : List.of("3", "4", "6", "7")) {
                    pane.press(view);
                    pane.await("[" + view + " ");
                }
                redrive(home, pane);
                pause(home, pane);
                pane.press("q");
                assertLeft(pane, modes);
            }
        }
    }

    private static void redrive(Home home, Pane pane) throws Exception {
        pane.press("5");
        pane.await("exit 3: no ledger");
        pane.press("l", "Enter");
        pane.await("\\x1b[31mno ledger\\x1b]0;title\\x07");
        pane.press("Escape");
        pane.await("RUNS OF THE GROUP");
        pane.press("h", "r");
        Matcher count = COUNT.matcher(pane.await("and Enter to do it"));
        assertTrue(count.find());
        assertEquals("1", count.group(1));
        pane.press("2", "Enter");
        pane.await("type 1 to go on");
        assertEquals(1, home.run("dlq", "ls", "-q").expect(0).lines().size(), "a wrong count does nothing");
        Files.writeString(home.file("repaired"), "yes");
        pane.press("BSpace", "1", "Enter");
        Await.until(
                "the redriven run has succeeded",
                SOON,
                () -> home.run("show", "billing/close@latest", "-o", "json")
                        .out()
                        .contains("\"state\":\"succeeded\""));
        assertEquals("", home.run("dlq", "ls", "-q").expect(0).out());
        pane.await("no dead letters");
    }

    private static void pause(Home home, Pane pane) throws Exception {
        pane.press("2");
        pane.await("billing/close");
        pane.press("/");
        pane.type("steady");
        pane.press("Enter");
        pane.await("filter: steady");
        Await.until("the others are gone", SOON, () -> !pane.screen().contains("billing/close"));
        pane.press("p");
        pane.await("y does it");
        pane.press("y");
        Await.until(
                "the job is paused",
                SOON,
                () -> home.run("show", "steady/tick", "-o", "json").out().contains("\"state\":\"paused\""));
        pane.await("❚ paused");
        pane.press("u");
        pane.await("y does it");
        pane.press("y");
        Await.until(
                "the job goes on",
                SOON,
                () -> home.run("show", "steady/tick", "-o", "json").out().contains("\"state\":\"scheduled\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"q", "Ctrl-C", "SIGTERM to the JVM", "SIGTERM to the launcher", "SIGHUP", "SIGKILL"})
    void leavesTheTerminalAsItFoundIt(String way) throws Exception {
        try (Home home = Home.make()) {
            home.node("--no-worker");
            try (Pane pane = Pane.open(home, 80, 24)) {
                String modes = pane.modes();
                start(pane);
                assertEquals("1", pane.fact("alternate_on"));
                ProcessHandle jvm = pane.jvm();
                switch (way) {
                    case "q" -> pane.press("q");
                    case "Ctrl-C" -> pane.press("C-c");
                    case "SIGTERM to the JVM" -> jvm.destroy();
                    case "SIGTERM to the launcher" -> jvm.parent().orElseThrow().destroy();
                    case "SIGHUP" -> signal("HUP", jvm);
                    case "SIGKILL" -> jvm.destroyForcibly();
                    default -> throw new IllegalArgumentException(way);
                }
                assertLeft(pane, modes);
                assertFalse(jvm.isAlive());
            }
        }
    }

    private static void signal(String name, ProcessHandle process) throws Exception {
        int status = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
        assertEquals(0, status);
    }

    @Test
    void stopsAndComesBack() throws Exception {
        try (Home home = Home.make()) {
            home.node("--no-worker");
            try (Pane pane = Pane.open(home, 100, 30)) {
                String modes = pane.modes();
                start(pane);
                for (int i = 0; i < 2; i++) {
                    pane.press("C-z");
                    pane.await("Stopped");
                    assertLeft(pane, modes);
                    pane.line("clear; fg");
                    pane.await("● live");
                    assertEquals("1", pane.fact("alternate_on"));
                }
                pane.press("6");
                pane.await("[6 Nodes]");
                pane.press("q");
                assertLeft(pane, modes);
            }
        }
    }

    @Test
    void bearsAStormOfSizes() throws Exception {
        try (Home home = Home.make()) {
            home.node("--no-worker");
            try (Pane pane = Pane.open(home, 120, 36)) {
                start(pane);
                for (int i = 0; i < 60; i++) {
                    pane.resize(20 + i * 37 % 150, 5 + i * 11 % 50);
                }
                pane.resize(60, 20);
                pane.await("kalends top needs 80x24");
                pane.resize(110, 30);
                Await.until("the frame fits", SOON, () -> fits(pane.screen(), 110, 30));
                pane.press("q");
                pane.awaitShell();
            }
        }
    }

    /** Whether every line of the body begins and ends with its frame. */
    private static boolean fits(String screen, int columns, int rows) {
        List<String> lines = screen.lines().toList();
        return lines.size() == rows
                && lines.subList(2, rows - 1).stream()
                        .allMatch(line -> line.length() == columns && "┌│└".indexOf(line.charAt(0)) >= 0);
    }

    @Test
    void aNodeThatDiesIsSaidAndNothingCanBeDoneUntilItIsBack() throws Exception {
        try (Home home = Home.make()) {
            Daemon node = home.node("--no-worker");
            home.run("submit", "--name", "steady/tick", "--cron", "0 3 * * *", "--noop")
                    .expect(0);
            try (Pane pane = Pane.open(home, 120, 36)) {
                start(pane);
                pane.press("2");
                pane.await("steady/tick");
                node.kill();
                pane.await("lost, trying it again in");
                pane.await("ACTIONS OFF");
                pane.press("p");
                pane.await("actions are off");
                home.node("--no-worker");
                pane.await("● live");
                String job =
                        home.run("show", "steady/tick", "-o", "json").expect(0).out();
                assertTrue(job.contains("\"state\":\"scheduled\""), job);
                pane.press("q");
                pane.awaitShell();
            }
        }
    }
}
