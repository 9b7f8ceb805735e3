package dev.kalends.cli.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A shell in a real terminal: one window of tmux, on a server of its own that ends when this is closed.
 *
 * <p>The shell is bash with job control, in the environment of a {@link Home}.
 */
final class Pane implements AutoCloseable {
    private static final Duration WITHIN = Duration.ofSeconds(30);

    private final Home home;
    private final Path socket;

    private Pane(Home home, Path socket) {
        this.home = home;
        this.socket = socket;
    }

    static Pane open(Home home, int columns, int rows) throws Exception {
        Pane pane = new Pane(home, home.file("tmux-" + columns + "x" + rows));
        pane.ask(
                "-f",
                "/dev/null",
                "new-session",
                "-d",
                "-x",
                "" + columns,
                "-y",
                "" + rows,
                "bash",
                "--norc",
                "--noprofile");
        pane.line("PS1='ready$ '; unset PROMPT_COMMAND; clear");
        pane.await("ready$");
        return pane;
    }

    private String ask(String... words) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("tmux", "-S", socket.toString()));
        all.addAll(List.of(words));
        ProcessBuilder builder = home.builder(all).redirectErrorStream(true);
        Map<String, String> variables = builder.environment();
        variables.keySet().removeAll(List.of("TMUX", "NO_COLOR", "COLUMNS", "LINES"));
        variables.putAll(Map.of("TERM", "xterm-256color", "LC_ALL", "C.UTF-8"));
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new AssertionError("this test needs tmux: apt-get install tmux", e);
        }
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(WITHIN.toMillis(), TimeUnit.MILLISECONDS) || process.exitValue() != 0) {
            throw new AssertionError("tmux failed; words=" + all + " said=" + said);
        }
        return said;
    }

    /** Types text as it is. */
    void type(String text) throws IOException, InterruptedException {
        ask("send-keys", "-l", "--", text);
    }

    /** Presses keys by tmux's names, such as {@code Enter}, {@code C-c}. */
    void press(String... keys) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("send-keys"));
        words.addAll(List.of(keys));
        ask(words.toArray(String[]::new));
    }

    /** A line for the shell. */
    void line(String text) throws IOException, InterruptedException {
        type(text);
        press("Enter");
    }

    /** What the terminal shows. */
    String screen() throws IOException, InterruptedException {
        return ask("capture-pane", "-p");
    }

    /** Waits until the screen contains a text, and returns the screen. */
    String await(String text) throws Exception {
        String[] screen = {""};
        try {
            Await.until("the screen shows " + text, WITHIN, () -> {
                screen[0] = screen();
                return screen[0].contains(text);
            });
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "\n" + screen[0], e);
        }
        return screen[0];
    }

    /** A fact that tmux knows of the window, such as {@code alternate_on}. */
    String fact(String name) throws IOException, InterruptedException {
        return ask("display-message", "-p", "#{" + name + "}").strip();
    }

    /** Waits until the shell has its terminal back. */
    void awaitShell() throws Exception {
        Await.until(
                "the shell waits for a line",
                WITHIN,
                () -> fact("pane_current_command").equals("bash"));
        await("ready$");
    }

    void resize(int columns, int rows) throws IOException, InterruptedException {
        ask("resize-window", "-x", "" + columns, "-y", "" + rows);
    }

    /** The JVM that the shell's command runs in. */
    ProcessHandle jvm() throws Exception {
        ProcessHandle shell = ProcessHandle.of(Long.parseLong(fact("pane_pid"))).orElseThrow();
        ProcessHandle[] found = new ProcessHandle[1];
        Await.until("a JVM runs in the terminal", WITHIN, () -> {
            found[0] = shell.descendants()
                    .filter(process -> process.info().command().orElse("").endsWith("/java"))
                    .findFirst()
                    .orElse(null);
            return found[0] != null;
        });
        return found[0];
    }

    /** The modes of the terminal, as the shell's command finds them. */
    String modes() throws Exception {
        Path file = home.file("modes");
        Files.deleteIfExists(file);
        line("stty -g > " + file + ".part && mv " + file + ".part " + file);
        Await.until("stty has answered", WITHIN, () -> Files.exists(file));
        return Files.readString(file);
    }

    @Override
    public void close() throws IOException {
        try {
            ask("kill-server");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Files.deleteIfExists(socket);
    }
}
