package dev.kalends.cli.e2e;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A user's home with a node's address: starts nodes, workers and commands as processes, and ends them all when closed.
 *
 * <p>The program is {@code scripts/kalends} of this checkout, or what the property {@code kalends.program} names.
 */
final class Home implements AutoCloseable {
    static final Duration START = Duration.ofSeconds(90);
    private static final Duration COMMAND = Duration.ofMinutes(20);
    private static final String PROGRAM = System.getProperty("kalends.program", "../scripts/kalends");

    private final Path directory;
    private final int port;
    private Path data;
    private final List<Daemon> daemons = new ArrayList<>();
    private int logs;

    private Home(Path directory, int port) {
        this.directory = directory;
        this.port = port;
        this.data = directory.resolve("data");
    }

    static Home make() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new Home(Files.createTempDirectory("kalends-it"), probe.getLocalPort());
        }
    }

    /** Whether the long proofs are asked for: {@code -Dkalends.e2e=full}. */
    static boolean full() {
        return System.getProperty("kalends.e2e", "").equals("full");
    }

    int port() {
        return port;
    }

    /** Where the nodes keep everything. */
    Path data() {
        return data;
    }

    /** Nodes that are started from now on work on another directory. */
    void moveTo(Path other) {
        data = other;
    }

    Path file(String name) {
        return directory.resolve(name);
    }

    /** Starts a node on this home's data directory and waits until it listens. */
    Daemon node(String... flags) throws Exception {
        Daemon node = startNode(List.of(), flags);
        awaitListening(node);
        return node;
    }

    /** Starts a node behind other words, such as {@code env A=B}, and does not wait for it. */
    Daemon startNode(List<String> before, String... flags) throws IOException {
        List<String> words = new ArrayList<>(before);
        words.addAll(List.of(PROGRAM, "node", "--data-dir", data.toString(), "--listen", "127.0.0.1:" + port));
        words.addAll(List.of(flags));
        return daemon(words);
    }

    /** Starts one more node on the same directory, on a port of its own. */
    Daemon startSecondNode() throws IOException {
        return daemon(List.of(PROGRAM, "node", "--data-dir", data.toString(), "--listen", "127.0.0.1:0"));
    }

    Daemon worker(String... flags) throws IOException {
        List<String> words = new ArrayList<>(List.of(PROGRAM, "worker"));
        words.addAll(List.of(flags));
        return daemon(words);
    }

    void awaitListening(Daemon node) throws Exception {
        Await.until("the node listens", START, () -> {
            if (!node.process().isAlive()) {
                throw new AssertionError("the node ended; log:\n" + node.text());
            }
            return node.text().contains(" listens on ") && accepts();
        });
    }

    private boolean accepts() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private Daemon daemon(List<String> words) throws IOException {
        Path log = directory.resolve("log-" + ++logs);
        ProcessBuilder builder = builder(words);
        builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(log.toFile());
        Daemon daemon = new Daemon(builder.start(), log);
        daemons.add(daemon);
        return daemon;
    }

    /** Runs a command to its end. */
    Ended run(String... arguments) throws IOException, InterruptedException {
        return ended(start("/dev/null", arguments));
    }

    /** Runs a command that reads a file as stdin. */
    Ended feed(Path stdin, String... arguments) throws IOException, InterruptedException {
        return ended(start(stdin.toString(), arguments));
    }

    /** Starts a command without waiting for its end; its output goes to files. */
    Running start(String stdin, String... arguments) throws IOException {
        List<String> words = new ArrayList<>(List.of(PROGRAM));
        words.addAll(List.of(arguments));
        Path out = Files.createTempFile(directory, "out", "");
        Path err = Files.createTempFile(directory, "err", "");
        ProcessBuilder builder = builder(words);
        builder.redirectInput(Path.of(stdin).toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        return new Running(builder.start(), out, err);
    }

    /**
     * A command under way.
     *
     * @param out the file of its stdout
     * @param err the file of its stderr
     */
    record Running(Process process, Path out, Path err) {}

    Ended ended(Running command) throws IOException, InterruptedException {
        if (!command.process().waitFor(COMMAND.toMillis(), TimeUnit.MILLISECONDS)) {
            command.process().destroyForcibly();
            throw new AssertionError("a command did not end; err=" + Files.readString(command.err()));
        }
        Ended ended = new Ended(command.process().exitValue(), read(command.out()), read(command.err()));
        Files.delete(command.out());
        Files.delete(command.err());
        return ended;
    }

    private static String read(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    ProcessBuilder builder(List<String> words) {
        ProcessBuilder builder = new ProcessBuilder(words);
        builder.environment().keySet().removeIf(name -> name.startsWith("KALENDS_"));
        builder.environment().put("XDG_STATE_HOME", directory.resolve("state").toString());
        builder.environment().put("XDG_CONFIG_HOME", directory.resolve("config").toString());
        builder.environment().put("KALENDS_NODE", "http://127.0.0.1:" + port);
        builder.environment().put("KALENDS_JAVA_OPTS", "-Xmx512m");
        return builder;
    }

    @Override
    public void close() throws IOException {
        daemons.forEach(Daemon::close);
        daemons.forEach(daemon -> daemon.process().onExit().join());
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
