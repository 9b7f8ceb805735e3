package dev.kalends.etcd;

import dev.kalends.testing.Patience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A real etcd on free ports of the loopback, in a directory of its own. Without the program, making one fails. */
final class EtcdProcess implements AutoCloseable {
    private static final long START_MS = 20_000;

    private final Path directory;
    private final String program;
    private final int clientPort = freePort();
    private final int peerPort = freePort();
    private Optional<Process> process = Optional.empty();

    EtcdProcess(Path directory) {
        this.directory = directory;
        this.program = program();
    }

    /** Asks the script that finds it, or gets it. */
    private static String program() {
        Path top = Path.of("").toAbsolutePath();
        while (!Files.exists(top.resolve("scripts/lib/etcd.sh"))) {
            top = Optional.ofNullable(top.getParent())
                    .orElseThrow(() -> new AssertionError("scripts/lib/etcd.sh is not there; directory="
                            + Path.of("").toAbsolutePath()));
        }
        String script = ". ./scripts/lib/etcd.sh; find_etcd \"$PWD\" || no_etcd; echo \"$etcd\"";
        try {
            Process found = new ProcessBuilder("sh", "-c", script)
                    .directory(top.toFile())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(found.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (found.waitFor() != 0) {
                throw new AssertionError("these tests need a real etcd\n" + said);
            }
            return said.lines().toList().getLast();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    int port() {
        return clientPort;
    }

    void start() {
        String client = "http://127.0.0.1:" + clientPort;
        String peer = "http://127.0.0.1:" + peerPort;
        List<String> command = List.of(
                program,
                "--name=e1",
                "--data-dir=" + directory.resolve("data"),
                "--listen-client-urls=" + client,
                "--advertise-client-urls=" + client,
                "--listen-peer-urls=" + peer,
                "--initial-advertise-peer-urls=" + peer,
                "--initial-cluster=e1=" + peer,
                "--heartbeat-interval=50",
                "--election-timeout=500");
        try {
            process = Optional.of(new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            directory.resolve("log").toFile()))
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Patience.await(START_MS, this::answers);
    }

    private boolean answers() {
        if (!process.orElseThrow().isAlive()) {
            throw new AssertionError("etcd ended: " + log());
        }
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), clientPort));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private String log() {
        try {
            return Files.readString(directory.resolve("log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the process at once, whatever it is doing. */
    void kill() {
        process.ifPresent(running -> {
            running.destroyForcibly();
            running.onExit().join();
        });
        process = Optional.empty();
    }

    void stop() {
        signal("STOP");
    }

    void go() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            int status = new ProcessBuilder(
                            "kill",
                            "-" + name,
                            String.valueOf(process.orElseThrow().pid()))
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new AssertionError("kill failed; signal=" + name + " status=" + status);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        kill();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
