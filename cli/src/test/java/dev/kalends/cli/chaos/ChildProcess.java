package dev.kalends.cli.chaos;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A process that is started, killed, frozen and started again; its output goes to the end of one log. */
final class ChildProcess implements AutoCloseable {
    private static final Duration TO_END = Duration.ofSeconds(45);

    private final String name;
    private final List<String> command;
    private final Map<String, String> environment;
    private final Path log;
    private Optional<Process> process = Optional.empty();
    private long logFrom;

    ChildProcess(String name, List<String> command, Map<String, String> environment, Path log) {
        this.name = name;
        this.command = List.copyOf(command);
        this.environment = Map.copyOf(environment);
        this.log = log;
    }

    String name() {
        return name;
    }

    void start() {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(variable -> variable.startsWith("KALENDS_"));
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        try {
            logFrom = Files.exists(log) ? Files.size(log) : 0;
            process = Optional.of(builder.start());
        } catch (IOException e) {
            throw new CellFailure("cannot be started; process=" + name + " reason=" + e.getMessage());
        }
    }

    /** Waits until this start has written a text. */
    void awaitLog(String text, Duration within) throws Exception {
        if (!awaitLogOrEnd(text, within)) {
            throw new CellFailure(name + " ended; " + tail());
        }
    }

    /** Whether it wrote a text; false when it ended before. */
    boolean awaitLogOrEnd(String text, Duration within) throws Exception {
        Waits.until(
                name + " says \"" + text + "\"",
                within,
                () -> !alive() || sinceStart().contains(text));
        return sinceStart().contains(text);
    }

    int exitStatus() {
        return process.orElseThrow().exitValue();
    }

    private String sinceStart() throws IOException {
        byte[] all = Files.readAllBytes(log);
        int from = (int) Math.min(logFrom, all.length);
        return new String(all, from, all.length - from, StandardCharsets.UTF_8);
    }

    /** The end of its log. */
    String tail() throws IOException {
        List<String> lines = sinceStart().lines().toList();
        return "log=" + log + "\n" + String.join("\n", lines.subList(Math.max(0, lines.size() - 10), lines.size()));
    }

    Optional<ProcessHandle> handle() {
        return process.map(Process::toHandle);
    }

    boolean alive() {
        return process.isPresent() && process.get().isAlive();
    }

    /** SIGKILL, and waits for the end. */
    void kill() {
        process.ifPresent(running -> {
            running.destroyForcibly();
            running.onExit().join();
        });
    }

    /** SIGTERM, and waits for the end. */
    void terminate() throws InterruptedException {
        if (process.isPresent()) {
            process.get().destroy();
            if (!process.get().waitFor(TO_END.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new CellFailure("did not end; process=" + name + " within=" + TO_END);
            }
        }
    }

    void freeze() {
        signal("STOP");
    }

    void thaw() {
        signal("CONT");
    }

    private void signal(String signal) {
        long pid = process.orElseThrow().pid();
        try {
            int status = new ProcessBuilder("kill", "-" + signal, Long.toString(pid))
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new CellFailure("cannot be signalled; process=" + name + " signal=" + signal);
            }
        } catch (IOException | InterruptedException e) {
            throw new CellFailure("cannot be signalled; process=" + name + " reason=" + e.getMessage());
        }
    }

    @Override
    public void close() {
        kill();
    }
}
