package dev.kalends.cli.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A node or a worker in a process of its own.
 *
 * @param process the JVM itself: the launcher becomes it
 * @param log its stderr
 */
record Daemon(Process process, Path log) implements AutoCloseable {
    private static final int KILLED = 128 + 9;

    long pid() {
        return process.pid();
    }

    /** SIGKILL, and waits for the end. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        int status = process.waitFor();
        if (status != KILLED) {
            throw new AssertionError("it had ended by itself; status=" + status);
        }
    }

    /** SIGTERM, without waiting. */
    void terminate() {
        process.destroy();
    }

    int await(Duration within) throws InterruptedException, IOException {
        if (!process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("still there after " + within + "; log:\n" + text());
        }
        return process.exitValue();
    }

    /** What it has written to stderr so far. */
    String text() throws IOException {
        return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
