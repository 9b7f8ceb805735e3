package dev.kalends.cli.bench;

import dev.kalends.cli.command.Arguments;
import dev.kalends.cli.process.Directories;
import dev.kalends.cli.process.NodeProcess;
import dev.kalends.client.NodeClient;
import dev.kalends.time.MonotonicClock;
import dev.kalends.tui.text.SafeText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A node that the benchmark started, on a directory that goes when it ends: what it costs can be seen from outside. */
final class OwnNode implements AutoCloseable {
    private static final String RESIDENT = "VmRSS:";
    private static final long KIB = 1_024;

    /** Where in its directory its data is. */
    static final String DATA = "data";

    private final MonotonicClock clock;
    private final Stay stay;
    private NodeProcess process;

    /** What becomes of its directory. */
    private enum Stay {
        KEPT,
        DELETED
    }

    private OwnNode(MonotonicClock clock, Stay stay, NodeProcess process) {
        this.clock = clock;
        this.stay = stay;
        this.process = process;
    }

    static OwnNode start(List<String> flags, MonotonicClock clock) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("kalends-bench");
        try {
            return new OwnNode(clock, Stay.DELETED, NodeProcess.start(NodeProcess.Place.of(directory, flags), clock));
        } catch (IOException | InterruptedException | RuntimeException e) {
            Directories.delete(directory);
            throw e;
        }
    }

    /** On a directory that is there and stays, such as {@code bench store --keep} leaves. */
    static OwnNode startOn(Path directory, List<String> flags, MonotonicClock clock)
            throws IOException, InterruptedException {
        if (!Files.isDirectory(directory.resolve(DATA))) {
            throw Arguments.usage("there is no store: make one with kalends bench store --keep DIR; directory="
                    + SafeText.line(directory.toString()));
        }
        return new OwnNode(clock, Stay.KEPT, NodeProcess.start(NodeProcess.Place.of(directory, flags), clock));
    }

    NodeClient client(Duration timeout) {
        return process.client(Optional.empty(), timeout);
    }

    /** Kills it with SIGKILL. */
    void kill() throws InterruptedException {
        process.kill();
    }

    /** Starts it again where it was, and waits until it is ready. */
    void startAgain() throws IOException, InterruptedException {
        process = NodeProcess.start(process.place(), clock);
    }

    /** Bytes of memory that are resident; 0 where the system does not say. */
    long residentBytes() throws IOException {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        if (!Files.exists(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith(RESIDENT))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * KIB)
                .sum();
    }

    /** Files, sockets and pipes that it has open; 0 where the system does not say. */
    long openFiles() throws IOException {
        Path open = Path.of("/proc", Long.toString(process.pid()), "fd");
        if (!Files.exists(open)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(open)) {
            return files.count();
        }
    }

    /** Bytes of its data, the write-ahead log apart. */
    long dataBytes() throws IOException {
        return bytes("");
    }

    /** Bytes of its write-ahead logs. */
    long walBytes() throws IOException {
        return bytes("-wal");
    }

    private long bytes(String suffix) throws IOException {
        try (Stream<Path> files = Files.walk(process.place().data())) {
            return files.filter(file -> suffix.isEmpty()
                            ? !file.toString().endsWith("-wal")
                            : file.toString().endsWith(suffix))
                    .mapToLong(OwnNode::size)
                    .sum();
        }
    }

    /** A file's size; 0 for a directory, and for what the node has just removed. */
    private static long size(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.size(file) : 0;
        } catch (NoSuchFileException e) {
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        process.close();
        if (stay == Stay.DELETED) {
            Directories.delete(process.place().directory());
        }
    }
}
