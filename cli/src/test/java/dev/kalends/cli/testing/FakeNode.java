package dev.kalends.cli.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * A node that answers as it is told, on a free port of the loopback interface, and remembers what it was asked. What it
 * was not told to answer is {@code not_found}.
 */
public final class FakeNode implements AutoCloseable {
    private final HttpServer server;
    private final Map<String, Function<Asked, Answer>> answerByRoute = new ConcurrentHashMap<>();
    private final List<Asked> asked = new ArrayList<>();

    /** A request. */
    public record Asked(String method, String target, Map<String, String> headers, String body) {}

    /** An answer. */
    public record Answer(int status, String body) {
        public static Answer ok(String body) {
            return new Answer(200, body);
        }

        /** An error as nodes write it. */
        public static Answer error(int status, String code, String message) {
            return new Answer(status, "{\"error\":{\"code\":\"" + code + "\",\"message\":\"" + message + "\"}}");
        }
    }

    public FakeNode() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        server.createContext("/", this::handle);
        server.start();
    }

    /** Answers a route, such as {@code GET /v1/jobs}, whatever its query is. */
    public FakeNode on(String route, Function<Asked, Answer> answer) {
        answerByRoute.put(route, answer);
        return this;
    }

    public FakeNode on(String route, String body) {
        return on(route, request -> Answer.ok(body));
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** What was asked so far. */
    public List<Asked> asked() {
        synchronized (asked) {
            return List.copyOf(asked);
        }
    }

    /** A command run that talks to this node, in a pipe. */
    public CommandRun inPipe() {
        return CommandRun.inPipe().variable("KALENDS_NODE", url());
    }

    /** A command run that talks to this node, on a terminal. */
    public CommandRun onTerminal() {
        return CommandRun.onTerminal().variable("KALENDS_NODE", url());
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new ConcurrentHashMap<>();
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getFirst()));
        Asked request = new Asked(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                headers,
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        synchronized (asked) {
            asked.add(request);
        }
        String route = request.method() + " " + exchange.getRequestURI().getRawPath();
        Answer answer = answerByRoute
                .getOrDefault(route, missing -> Answer.error(404, "not_found", "no such route: " + route))
                .apply(request);
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }
}
