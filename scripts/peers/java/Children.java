package dev.kalends.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Processes and directories that this program made. All of them go with it, also on Ctrl-C. */
final class Children {
    private static final int ORDERLY_S = 20;

    private final Path root;
    private final Deque<Process> running = new ArrayDeque<>();
    private boolean closed;

    Children(Path work) throws IOException {
        root = Files.createTempDirectory(work, "kalends-peers");
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "children"));
    }

    /** Where everything lies that goes in the end. */
    Path root() {
        return root;
    }

    /** Whether the end has come: whatever fails now fails for that. */
    synchronized boolean ended() {
        return closed;
    }

    synchronized Process start(ProcessBuilder builder) throws IOException {
        if (closed) {
            throw new IOException("the end has come");
        }
        Process process = builder.start();
        running.push(process);
        return process;
    }

    /** Runs a program to its end. */
    void run(List<String> command, Path log) throws IOException, InterruptedException {
        Process process = start(new ProcessBuilder(command)
                .directory(root.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())));
        int status = process.waitFor();
        forget(process);
        if (status != 0) {
            throw new IOException(
                    "a program failed; command=" + command.getFirst() + " status=" + status + " log=" + log);
        }
    }

    /** Ends a process with SIGINT, which servers take for an order to end at once but well. */
    void end(Process process) throws IOException, InterruptedException {
        if (process.isAlive()) {
            new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                    .start()
                    .waitFor();
            if (!process.waitFor(ORDERLY_S, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        }
        forget(process);
    }

    void kill(Process process) throws InterruptedException {
        process.destroyForcibly().waitFor();
        forget(process);
    }

    private synchronized void forget(Process process) {
        running.remove(process);
    }

    /** Ends what runs, the last first, and removes the directory. */
    private void close() {
        List<Process> left;
        synchronized (this) {
            closed = true;
            left = List.copyOf(running);
        }
        try {
            for (Process process : left) {
                end(process);
            }
            delete(root);
        } catch (IOException e) {
            System.err.println("bench-peers: not everything could be removed: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(Children::remove);
        }
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
