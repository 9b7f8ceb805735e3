package dev.kalends.tui.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.kalends.api.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A node on a free port that answers as it is told; what it was not told is {@code not_found}. */
public final class AnsweringNode implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Function<String, Object>> answerByRoute = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();

    public AnsweringNode() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** Answers a route, such as {@code GET /v1/stats}, with a record made of the request's body. */
    public AnsweringNode on(String route, Function<String, Object> answer) {
        answerByRoute.put(route, answer);
        return this;
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Routes with bodies, of changes with their queries, in the order in which they were asked. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    private void handle(HttpExchange exchange) throws IOException {
        String route =
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getRawPath();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String query = exchange.getRequestURI().getRawQuery();
        String whole = query == null || route.startsWith("GET") ? route : route + "?" + query;
        asked.add(body.isEmpty() ? whole : whole + " " + body);
        Function<String, Object> answer = answerByRoute.get(route);
        byte[] text = answer == null
                ? "{\"error\":{\"code\":\"not_found\",\"message\":\"no such route\"}}".getBytes(StandardCharsets.UTF_8)
                : Json.writeAnswer(answer.apply(body));
        exchange.sendResponseHeaders(answer == null ? 404 : 200, text.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(text);
        }
    }

    /** It is gone, as a node is that was killed. */
    public void end() {
        close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
