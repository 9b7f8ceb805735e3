package dev.kalends.cli.process;

import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorCode;
import dev.kalends.client.ClientSettings;
import dev.kalends.client.NodeClient;
import dev.kalends.time.MonotonicClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A node that a command started for itself: a process of its own with everything it writes under one directory.
 *
 * <p>It is started with the Java, its flags and the class path of this process. When this process ends it is killed.
 */
public final class NodeProcess implements AutoCloseable {
    private static final long READY_WITHIN_NS = TimeUnit.SECONDS.toNanos(60);
    private static final long POLL_MS = 20;
    private static final int LOG_LINES_SHOWN = 5;

    private final Place place;
    private final Process process;
    private final Thread killer;

    /**
     * Where a node lives.
     *
     * @param directory holds {@code data}, {@code state} and {@code node.log}
     * @param port on loopback
     * @param javaFlags for its JVM
     * @param nodeFlags further flags of {@code kalends node}
     */
    public record Place(Path directory, int port, List<String> javaFlags, List<String> nodeFlags) {
        public Place {
            javaFlags = List.copyOf(javaFlags);
            nodeFlags = List.copyOf(nodeFlags);
        }

        /** On a port that is free now. */
        public static Place of(Path directory, List<String> nodeFlags) throws IOException {
            try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                return new Place(directory, probe.getLocalPort(), List.of("-Xmx512m"), nodeFlags);
            }
        }

        public URI address() {
            return URI.create("http://127.0.0.1:" + port);
        }

        public Path data() {
            return directory.resolve("data");
        }

        public Path log() {
            return directory.resolve("node.log");
        }
    }

    private NodeProcess(Place place, Process process) {
        this.place = place;
        this.process = process;
        this.killer = new Thread(process::destroyForcibly, "node-killer");
        Runtime.getRuntime().addShutdownHook(killer);
    }

    /** Starts a node and waits until it is ready. */
    public static NodeProcess start(Place place, MonotonicClock clock) throws IOException, InterruptedException {
        Files.createDirectories(place.directory());
        ProcessBuilder builder = new ProcessBuilder(command(place));
        builder.environment()
                .put("XDG_STATE_HOME", place.directory().resolve("state").toString());
        builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(place.log().toFile()));
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        NodeProcess node = new NodeProcess(place, builder.start());
        node.awaitReady(clock);
        return node;
    }

    private static List<String> command(Place place) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ownJavaFlags());
        command.addAll(place.javaFlags());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.kalends.cli.main.Main", "node"));
        command.addAll(List.of("--data-dir", place.data().toString(), "--listen", "127.0.0.1:" + place.port()));
        command.addAll(place.nodeFlags());
        return command;
    }

    /** The flags that the launcher gave to this JVM are those it gives to a node. */
    private static List<String> ownJavaFlags() {
        List<String> own = List.of(ProcessHandle.current().info().arguments().orElse(new String[0]));
        List<String> flags = own.stream()
                .takeWhile(argument -> argument.startsWith("-"))
                .filter(argument -> argument.startsWith("-XX:") || argument.startsWith("--"))
                .filter(argument -> !argument.startsWith("--class-path"))
                .toList();
        return flags.isEmpty()
                ? List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow")
                : flags;
    }

    private void awaitReady(MonotonicClock clock) throws IOException, InterruptedException {
        long startedNs = clock.nowNs();
        while (clock.nowNs() - startedNs < READY_WITHIN_NS) {
            if (!process.isAlive()) {
                throw new ApiException(
                        ErrorCode.FAILED, "the node ended at once; exit=" + process.exitValue() + lastWords(), "");
            }
            if (answers()) {
                return;
            }
            process.waitFor(POLL_MS, TimeUnit.MILLISECONDS);
        }
        kill();
        throw new ApiException(ErrorCode.FAILED, "the node was not ready within 60 s" + lastWords(), "");
    }

    private boolean answers() {
        try {
            client(Optional.empty(), Duration.ofMillis(500)).readyz();
            return true;
        } catch (ApiException e) {
            return false;
        }
    }

    private String lastWords() throws IOException {
        List<String> lines = Files.readAllLines(place.log(), StandardCharsets.UTF_8);
        return "\n  " + String.join("\n  ", lines.subList(Math.max(0, lines.size() - LOG_LINES_SHOWN), lines.size()));
    }

    /** Talks to the node as its administrator. */
    public NodeClient client(Optional<String> tenant, Duration timeout) {
        return new NodeClient(
                new ClientSettings(List.of(place.address()), tenant, _ -> token(), timeout, MonotonicClock.system()));
    }

    private Optional<String> token() {
        try {
            return Optional.of(
                    Files.readString(place.data().resolve("admin.token")).strip());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    public Place place() {
        return place;
    }

    public long pid() {
        return process.pid();
    }

    /** Kills it with SIGKILL and waits for its end. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
        Runtime.getRuntime().removeShutdownHook(killer);
    }

    /** Asks it to stop; kills it when that takes longer than 20 s. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            Runtime.getRuntime().removeShutdownHook(killer);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
