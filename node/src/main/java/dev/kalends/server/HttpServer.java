package dev.kalends.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The listening socket: the JDK's HTTP server, with one virtual thread a request.
 *
 * <p>Closing it ends streams and parked requests.
 */
public final class HttpServer implements AutoCloseable {
    /** Connections that wait to be accepted. */
    private static final int BACKLOG = 1024;
    /** Seconds for what is being answered when it closes. */
    private static final int CLOSE_S = 1;

    /**
     * Read once by the JDK when its server class loads. {@code nodelay} saves 40 ms an answer; idle connections are
     * kept for a minute so that commands and workers need not connect again; heads are small; of a body that was
     * refused up to a megabyte is read away, so that the client gets to see the answer.
     */
    private static final Map<String, String> PROPERTIES = Map.of(
            "sun.net.httpserver.nodelay", "true",
            "sun.net.httpserver.idleInterval", "60",
            "sun.net.httpserver.maxIdleConnections", "1024",
            "sun.net.httpserver.maxReqHeaders", "64",
            "sun.net.httpserver.maxReqHeaderSize", "65536",
            "sun.net.httpserver.drainAmount", "1048576",
            "jdk.httpserver.maxConnections", "4096");

    static {
        PROPERTIES.forEach((name, value) -> {
            if (System.getProperty(name) == null) {
                System.setProperty(name, value);
            }
        });
    }

    private final com.sun.net.httpserver.HttpServer server;
    private final ExecutorService threads;

    private HttpServer(com.sun.net.httpserver.HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /**
     * Listens.
     *
     * @throws java.net.BindException if the port is taken
     */
    public static HttpServer start(InetSocketAddress address, Dispatcher dispatcher) throws IOException {
        com.sun.net.httpserver.HttpServer server = com.sun.net.httpserver.HttpServer.create(address, BACKLOG);
        ExecutorService threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("http-", 0).factory());
        server.setExecutor(threads);
        server.createContext("/", dispatcher);
        server.start();
        return new HttpServer(server, threads);
    }

    /** The port it listens on. */
    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        // What is being answered is answered; what waits or streams for longer is cut off.
        server.stop(CLOSE_S);
        threads.shutdownNow();
    }
}
