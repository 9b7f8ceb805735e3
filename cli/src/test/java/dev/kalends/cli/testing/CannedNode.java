package dev.kalends.cli.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A node that answers what a test told it: the answers to a request in their order, the last one again and again.
 * What it was not told is answered with 404 and its name.
 */
public final class CannedNode implements AutoCloseable {
    private record Canned(int status, String body) {}

    private final HttpServer server;
    private final Map<String, Deque<Canned>> answersByRequest = new HashMap<>();
    private final List<String> requests = new ArrayList<>();

    public CannedNode() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    /** Tells an answer; the request is a method and a path, such as {@code GET /v1/jobs}. */
    public synchronized CannedNode answer(String request, String json) {
        return refuse(request, 200, json);
    }

    /** Tells an answer with another status. */
    public synchronized CannedNode refuse(String request, int status, String json) {
        answersByRequest.computeIfAbsent(request, _ -> new ArrayDeque<>()).add(new Canned(status, json));
        return this;
    }

    /** Everything that was asked: method, path with query, and body if any. */
    public synchronized List<String> requests() {
        return List.copyOf(requests);
    }

    /** Where it listens. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Lets a command talk to this node. */
    public CommandRun with(CommandRun run) {
        return run.variable("KALENDS_NODE", url());
    }

    public CommandRun inPipe() {
        return with(CommandRun.inPipe());
    }

    public CommandRun onTerminal() {
        return with(CommandRun.onTerminal());
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Canned canned = next(exchange, body);
        byte[] bytes = canned.body().getBytes(StandardCharsets.UTF_8);
        if (canned.status() == 503) {
            // Longer than any request timeout: the client gives up at once instead of trying again.
            exchange.getResponseHeaders().add("Retry-After", "86400");
        }
        exchange.sendResponseHeaders(canned.status(), bytes.length == 0 ? -1 : bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
        exchange.close();
    }

    private synchronized Canned next(HttpExchange exchange, String body) {
        String target = exchange.getRequestURI().toString();
        requests.add(exchange.getRequestMethod() + " " + target + (body.isEmpty() ? "" : " " + body));
        String request =
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getRawPath();
        Deque<Canned> answers = answersByRequest.getOrDefault(request, new ArrayDeque<>());
        Canned first = answers.size() > 1 ? answers.poll() : answers.peek();
        return first != null
                ? first
                : new Canned(
                        404,
                        "{\"error\":{\"code\":\"not_found\",\"message\":\"not canned; request=" + request
                                + "\",\"hint\":null}}");
    }
}
