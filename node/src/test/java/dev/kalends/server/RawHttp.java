package dev.kalends.server;

import dev.kalends.api.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A client that sends exactly what a test wants, well-formed or not, one connection a request. */
final class RawHttp {
    private static final int TIMEOUT_MS = 30_000;

    private final int port;
    private final Map<String, String> headers = new LinkedHashMap<>();

    RawHttp(int port) {
        this.port = port;
        headers.put("Host", "127.0.0.1:" + port);
        headers.put("Connection", "close");
    }

    private RawHttp(RawHttp other) {
        this.port = other.port;
        headers.putAll(other.headers);
    }

    /** An answer, read to its end. */
    record Reply(int status, Map<String, String> headers, byte[] body) {
        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        <T> T as(Class<T> type) {
            return Json.readAnswer(type, body);
        }
    }

    /** The same client with another header. */
    RawHttp with(String name, String value) {
        RawHttp changed = new RawHttp(this);
        changed.headers.put(name, value);
        return changed;
    }

    RawHttp without(String name) {
        RawHttp changed = new RawHttp(this);
        changed.headers.remove(name);
        return changed;
    }

    Reply get(String target) {
        return call("GET", target, new byte[0]);
    }

    Reply post(String target, String body) {
        return call("POST", target, body.getBytes(StandardCharsets.UTF_8));
    }

    Reply call(String method, String target, byte[] body) {
        String length = method.equals("GET") ? "" : "Content-Length: " + body.length + "\r\n";
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(
                (method + " " + target + " HTTP/1.1\r\n" + head() + length + "\r\n").getBytes(StandardCharsets.UTF_8));
        request.writeBytes(body);
        return send(request.toByteArray());
    }

    /** Sends bytes as they are and reads whatever comes; no answer at all has status 0. */
    Reply send(byte[] request) {
        try (Socket socket = open()) {
            OutputStream out = socket.getOutputStream();
            Thread writer = Thread.ofVirtual().start(() -> {
                try {
                    out.write(request);
                    out.flush();
                } catch (IOException e) {
                    // The node may have answered and closed before it read everything.
                }
            });
            Reply reply = read(socket.getInputStream());
            writer.join();
            return reply;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    Socket open() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(TIMEOUT_MS);
        return socket;
    }

    String head() {
        StringBuilder head = new StringBuilder();
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        return head.toString();
    }

    static Reply read(InputStream in) throws IOException {
        Head head = readHead(in);
        byte[] body = "chunked".equals(head.headers().get("transfer-encoding"))
                ? chunks(in)
                : in.readNBytes(Integer.parseInt(head.headers().getOrDefault("content-length", "0")));
        return new Reply(head.status(), head.headers(), body);
    }

    record Head(int status, Map<String, String> headers) {}

    static Head readHead(InputStream in) throws IOException {
        String status = line(in);
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return new Head(status.isEmpty() ? 0 : Integer.parseInt(status.split(" ", 3)[1]), headers);
    }

    /** One chunk of a stream; empty at its end. Throws at an end without the last chunk. */
    static byte[] chunk(InputStream in) throws IOException {
        String size = line(in);
        if (size.isEmpty()) {
            throw new IOException("the stream broke");
        }
        byte[] chunk = in.readNBytes(Integer.parseInt(size, 16));
        line(in);
        return chunk;
    }

    private static byte[] chunks(InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (byte[] chunk = chunk(in); chunk.length > 0; chunk = chunk(in)) {
            body.writeBytes(chunk);
        }
        return body.toByteArray();
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
            line.write(b);
        }
        return line.toString(StandardCharsets.UTF_8).strip();
    }
}
