package dev.kalends.cli.chaos;

import dev.kalends.cli.history.Execution;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The server that jobs call: it writes down each execution with its own clock, holds the answer for as long as the path
 * asks ({@code /j/JOB/MILLISECONDS}), and answers 200. An execution whose answer could not be written any more did not
 * come to its end.
 *
 * <p>One virtual thread a connection, one request a connection: a hundred lines instead of a server that costs more of
 * two cores than what is measured.
 */
final class Recorder implements AutoCloseable {
    private static final int BACKLOG = 4096;
    private static final int HEAD_BYTES_MAX = 16 * 1024;
    private static final int READ_MS_MAX = 60_000;
    private static final byte[] OK =
            "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final ServerSocket door;
    private final Queue<Execution> executions = new ConcurrentLinkedQueue<>();

    Recorder() throws IOException {
        this.door = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().name("recorder").start(this::accept);
    }

    /** What a job of this name calls. */
    String url(String job, long holdMs) {
        return "http://127.0.0.1:" + door.getLocalPort() + "/j/" + job + "/" + holdMs;
    }

    /** What was written down so far. */
    List<Execution> executions() {
        return List.copyOf(executions);
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket socket = door.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setSoTimeout(READ_MS_MAX);
            socket.setTcpNoDelay(true);
            Map<String, String> fields = head(new BufferedInputStream(socket.getInputStream(), 2048));
            long startMs = System.currentTimeMillis();
            String[] path = fields.getOrDefault("", "").split("/", -1);
            if (path.length != 4) {
                return;
            }
            long endMs = 0;
            try {
                Waits.pass(Duration.ofMillis(Long.parseLong(path[3])));
                socket.getOutputStream().write(OK);
                endMs = System.currentTimeMillis();
            } finally {
                executions.add(new Execution(
                        path[2],
                        fields.getOrDefault("idempotency-key", ""),
                        Integer.parseInt(fields.getOrDefault("kalends-attempt", "0")),
                        Long.parseLong(fields.getOrDefault("kalends-token", "0")),
                        Instant.parse(fields.getOrDefault("kalends-nominal", ""))
                                .toEpochMilli(),
                        startMs,
                        endMs));
            }
        } catch (IOException e) {
            // The caller is gone; the execution is written down as one without an end.
        }
    }

    /** The fields of a request by lower-case names; the path under the empty one. */
    private static Map<String, String> head(InputStream in) throws IOException {
        Map<String, String> fields = new TreeMap<>();
        StringBuilder line = new StringBuilder();
        int bytes = 0;
        for (int c = in.read(); c >= 0 && bytes < HEAD_BYTES_MAX; c = in.read(), bytes++) {
            if (c != '\n') {
                line.append((char) c);
                continue;
            }
            String text = line.toString().strip();
            line.setLength(0);
            if (text.isEmpty()) {
                return fields;
            }
            int colon = text.indexOf(':');
            if (fields.isEmpty()) {
                fields.put("", text.split(" ", -1)[1]);
            } else if (colon > 0) {
                fields.put(
                        text.substring(0, colon).toLowerCase(Locale.ROOT),
                        text.substring(colon + 1).strip());
            }
        }
        throw new IOException("not a whole request");
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
