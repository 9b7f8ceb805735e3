package dev.kalends.cli.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** A program in a real terminal: one window of tmux, with a server of its own that ends when this is closed. */
public final class Tmux implements AutoCloseable {
    private static final Duration WITHIN = Duration.ofSeconds(30);
    private static final long LOOK_AGAIN_NS = 50_000_000;

    private final Path socket;
    private final Tool tmux;

    private Tmux(Path socket, Tool tmux) {
        this.socket = socket;
        this.tmux = tmux;
    }

    /** Starts a program in a terminal of 100 columns and 30 lines, with these variables besides the process's own. */
    public static Tmux start(Map<String, String> variables, String... command)
            throws IOException, InterruptedException {
        // The server, and so the program, has the environment of the client that starts it.
        Tool tmux = Tool.of("tmux", "tmux").with(variables);
        Tmux terminal = new Tmux(Files.createTempDirectory("tmux").resolve("socket"), tmux);
        List<String> words = new ArrayList<>(List.of("-f", "/dev/null", "new-session", "-d", "-x", "100", "-y", "30"));
        words.addAll(List.of(command));
        terminal.ask(words);
        return terminal;
    }

    /** Types text as it is. */
    public void type(String text) throws IOException, InterruptedException {
        ask(List.of("send-keys", "-l", "--", text));
    }

    /** Presses keys by tmux's names, such as {@code Enter}, {@code Tab}, {@code C-c}. */
    public void press(String... keys) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("send-keys"));
        words.addAll(List.of(keys));
        ask(words);
    }

    /** What the terminal shows. */
    public String screen() throws IOException, InterruptedException {
        return ask(List.of("capture-pane", "-p", "-J"));
    }

    /** Waits until the screen is as wanted, and returns it. */
    public String await(String what, Predicate<String> wanted) throws IOException, InterruptedException {
        long startedNs = System.nanoTime();
        String screen = screen();
        while (!wanted.test(screen)) {
            if (System.nanoTime() - startedNs > WITHIN.toNanos()) {
                throw new AssertionError("the terminal does not show: " + what + "\n" + screen.stripTrailing());
            }
            LockSupport.parkNanos(LOOK_AGAIN_NS);
            screen = screen();
        }
        return screen;
    }

    /** Waits until the screen contains a text. */
    public String await(String text) throws IOException, InterruptedException {
        return await(text, screen -> screen.contains(text));
    }

    private String ask(List<String> words) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("-S", socket.toString()));
        all.addAll(words);
        Tool.Ended ended = tmux.run(all.toArray(String[]::new));
        assertEquals(0, ended.status(), words + " " + ended.output());
        return ended.output();
    }

    @Override
    public void close() throws IOException {
        try {
            tmux.run("-S", socket.toString(), "kill-server");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Files.deleteIfExists(socket);
        Files.deleteIfExists(socket.getParent());
    }
}
