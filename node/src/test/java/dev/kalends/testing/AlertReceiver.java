package dev.kalends.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.kalends.api.AlertView;
import dev.kalends.api.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A receiver of alerts: takes them, refuses them, or hangs, as a test says. */
public final class AlertReceiver implements AutoCloseable {
    /** How it behaves. */
    public enum Mood {
        TAKES,
        FAILS,
        HANGS
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<AlertView> taken = new CopyOnWriteArrayList<>();
    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private final AtomicInteger tries = new AtomicInteger();
    private volatile Mood mood = Mood.TAKES;

    public AlertReceiver() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/secret-path", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/secret-path");
    }

    public void is(Mood now) {
        mood = now;
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        tries.incrementAndGet();
        switch (mood) {
            case HANGS -> {
                try {
                    closed.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            case FAILS -> exchange.sendResponseHeaders(500, -1);
            case TAKES -> {
                authorizations.add(
                        Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                                .orElse(""));
                taken.add(Json.readRequest(AlertView.class, body));
                exchange.sendResponseHeaders(204, -1);
            }
        }
        exchange.close();
    }

    /** How often it was tried to send something. */
    public int tries() {
        return tries.get();
    }

    /** What it took, in order. */
    public List<AlertView> taken() {
        return List.copyOf(taken);
    }

    /** What it took of one code, as {@code begin}, {@code more}, {@code end}. */
    public List<String> events(String code) {
        return taken.stream()
                .filter(alert -> alert.code().equals(code))
                .map(AlertView::event)
                .toList();
    }

    /** The Authorization headers of what it took. */
    public List<String> authorizations() {
        return List.copyOf(authorizations);
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.close();
    }
}
