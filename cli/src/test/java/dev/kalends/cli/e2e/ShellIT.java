package dev.kalends.cli.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.cli.testing.Tmux;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code kalends shell} on a real terminal, against a real node; and the names that other shells complete. */
final class ShellIT {
    private Home home;

    @BeforeEach
    void start() throws Exception {
        home = Home.make();
        home.node();
        home.run("submit", "--name", "billing/ledger-sync", "--cron", "0 3 * * *", "--", "true");
    }

    @AfterEach
    void end() throws Exception {
        home.close();
    }

    private Tmux shell(String... flags) throws Exception {
        Map<String, String> variables = new HashMap<>(home.builder(List.of()).environment());
        variables.put("TERM", "screen-256color");
        Tmux terminal = Tmux.start(variables, "sh");
        try {
            terminal.type("PS1='OUTER> '");
            terminal.press("Enter");
            terminal.await("the outer prompt", OuterPrompt::isBack);
            Path program = Path.of(System.getProperty("kalends.program", "../scripts/kalends"));
            terminal.type("stty -a > " + home.file("before") + "; " + program.toAbsolutePath() + " shell "
                    + String.join(" ", flags));
            terminal.press("Enter");
            terminal.await("kalends n1 ok>");
            return terminal;
        } catch (AssertionError e) {
            terminal.close();
            throw e;
        }
    }

    @Test
    void completesRunsAndRemembers() throws Exception {
        try (Tmux terminal = shell()) {
            terminal.type("show bil");
            terminal.press("Tab");
            terminal.await("show billing/ledger-sync");
            terminal.press("Enter");
            terminal.await("does        true");
            terminal.type("submit --name multi --in 1h \\");
            terminal.press("Enter");
            terminal.type("-- echo 'a!b");
            terminal.press("Enter");
            terminal.type("c!!'");
            terminal.press("Enter");
            terminal.await("created multi");
            terminal.type("ls --token-file /nonexistent");
            terminal.press("Enter");
            terminal.await("error:");
            terminal.type("pause --al");
            terminal.press("Tab");
            terminal.await("pause --all");
            terminal.press("C-u");
            terminal.press("C-d");
            terminal.await("the outer prompt", OuterPrompt::isBack);
        }
        assertTrue(home.run("show", "multi", "-o", "json").out().contains("\"a!b\\nc!!\""));
        String history = Files.readString(home.file("state").resolve("kalends/history"));
        assertTrue(history.contains("show billing/ledger-sync"), history);
        assertFalse(history.contains("token-file"), history);
    }

    @Test
    void interruptEndsTheCommandOnly() throws Exception {
        try (Tmux terminal = shell()) {
            terminal.type("events -f");
            terminal.press("Enter");
            home.run("trigger", "billing/ledger-sync");
            terminal.await("succeeded", screen -> screen.contains("billing/ledger-sync@"));
            terminal.press("C-c");
            terminal.await("a prompt", screen -> screen.stripTrailing().endsWith("kalends n1 ok>"));
            terminal.type("half a line");
            terminal.press("C-c");
            terminal.type("version");
            terminal.press("Enter");
            terminal.await("java 25");
            terminal.press("C-d");
            terminal.await("the outer prompt", OuterPrompt::isBack);
            terminal.type("stty -a > " + home.file("after"));
            terminal.press("Enter");
            Await.until(
                    "the second look",
                    Home.START,
                    () -> Files.exists(home.file("after"))
                            && Files.size(home.file("after")) == Files.size(home.file("before")));
        }
        assertEquals(Files.readString(home.file("before")), Files.readString(home.file("after")));
    }

    @Test
    void asksAPersonBeforeItDestroys() throws Exception {
        home.run("submit", "--name", "lost", "--in", "1h", "-l", "a=b", "--noop");
        try (Tmux terminal = shell()) {
            terminal.type("cancel -l a=b");
            terminal.press("Enter");
            terminal.await("Type 1 to go on:");
            terminal.type("1");
            terminal.press("Enter");
            terminal.await("a prompt", screen -> screen.stripTrailing().endsWith("kalends n1 ok>"));
        }
        assertTrue(home.run("show", "lost", "-o", "json").out().contains("\"cancelled\""));
    }

    @Test
    void namesAreAskedOfTheNode() throws Exception {
        Await.until(
                "an answer in time",
                Home.START,
                () -> home.run("__complete", "job-or-run", "--", "bil")
                        .out()
                        .equals("billing/ledger-sync\tscheduled\n"));
        String id = home.run("show", "billing/ledger-sync", "-q").out().strip();
        Await.until(
                "an answer by id",
                Home.START,
                () -> home.run("__complete", "job", "--", id.substring(0, 7))
                        .out()
                        .startsWith(id));
    }

    /** Whether the shell that started ours prompts again. */
    private static final class OuterPrompt {
        static boolean isBack(String screen) {
            return screen.stripTrailing().endsWith("OUTER>");
        }
    }
}
