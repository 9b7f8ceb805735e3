package dev.kalends.peers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A Redis server with an append-only file in a directory of its own. */
final class Redis implements Store {
    private static final int TRIES = 600;

    private final Children children;
    private final Process server;
    private final int port;
    private final Path directory;

    private Redis(Children children, Process server, int port, Path directory) {
        this.children = children;
        this.server = server;
        this.port = port;
        this.directory = directory;
    }

    static Redis start(Children children, Path directory, String appendfsync) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        int port = Ports.free();
        Path log = directory.resolve("log");
        List<String> command = List.of(
                "redis-server",
                "--bind",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--dir",
                directory.toString(),
                "--appendonly",
                "yes",
                "--appendfsync",
                appendfsync,
                "--save",
                "",
                "--maxmemory-policy",
                "noeviction");
        Process process = children.start(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())));
        Redis redis = new Redis(children, process, port, directory);
        for (int i = 0; i < TRIES && process.isAlive(); i++) {
            try {
                redis.ask("PING");
                return redis;
            } catch (IOException e) {
                Thread.sleep(100);
            }
        }
        throw new IOException("Redis did not start; "
                + Files.readString(log).strip().lines().toList().getLast());
    }

    @Override
    public String fresh(Contestant contestant) throws IOException, InterruptedException {
        ask("FLUSHALL");
        rewrite();
        return "redis://127.0.0.1:" + port;
    }

    /** The append-only file once it holds no more than the data: Redis rewrites it now and then by itself. */
    @Override
    public long diskBytes() throws IOException, InterruptedException {
        rewrite();
        try (Stream<Path> files = Files.walk(directory.resolve("appendonlydir"))) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    @Override
    public long memoryBytes() throws IOException {
        return info("memory", "used_memory:");
    }

    @Override
    public String version() throws IOException {
        return "Redis " + text("server", "redis_version:");
    }

    private void rewrite() throws IOException, InterruptedException {
        awaitRewritten(); // Redis may be at it by itself
        ask("BGREWRITEAOF");
        awaitRewritten();
    }

    private void awaitRewritten() throws IOException, InterruptedException {
        for (int i = 0; i < TRIES; i++) {
            Thread.sleep(100);
            if (info("persistence", "aof_rewrite_in_progress:") == 0
                    && info("persistence", "aof_rewrite_scheduled:") == 0) {
                return;
            }
        }
        throw new IOException("Redis did not rewrite its file");
    }

    private long info(String section, String name) throws IOException {
        return Long.parseLong(text(section, name));
    }

    private String text(String section, String name) throws IOException {
        return ask("INFO " + section)
                .lines()
                .filter(line -> line.startsWith(name))
                .findFirst()
                .orElseThrow(() -> new IOException("Redis does not say; name=" + name))
                .substring(name.length())
                .strip();
    }

    /** One inline command; the reply is a line, or a length and so many bytes. */
    private String ask(String command) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            String line = in.readLine();
            if (line == null || line.startsWith("-")) {
                throw new IOException("Redis refuses; command=" + command + " reply=" + line);
            }
            if (!line.startsWith("$")) {
                return line;
            }
            char[] text = new char[Integer.parseInt(line.substring(1))];
            int read = 0;
            while (read < text.length) {
                int more = in.read(text, read, text.length - read);
                if (more < 0) {
                    throw new IOException("Redis hung up");
                }
                read += more;
            }
            return new String(text);
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        children.end(server);
    }
}
