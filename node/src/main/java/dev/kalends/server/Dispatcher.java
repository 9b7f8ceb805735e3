package dev.kalends.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorBody;
import dev.kalends.api.ErrorCode;
import dev.kalends.api.Json;
import dev.kalends.partition.Deed;
import dev.kalends.time.MonotonicClock;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The straight way of every request: is it from here, which route does it mean, who asks, may they, handle, answer.
 *
 * <p>This is the one place that authorises, and what it authorises is the matched route, never a path. Every refusal
 * leaves as an {@link ErrorBody}; of anything unforeseen only a reference leaves, the cause goes to the log. Only what
 * is no HTTP at all is refused by the JDK's server itself, in its own words.
 */
public final class Dispatcher implements HttpHandler {
    private static final String JSON = "application/json";

    private final RouteTable routes;
    private final DeedBook deeds;
    private final Clocks clocks;
    private final Gate gate;
    private final NodeLog log;
    private final MonotonicClock clock;
    private final AccessLog accessLog;

    /** Whether each request leaves a line. */
    public enum AccessLog {
        OFF,
        ON
    }

    public Dispatcher(Routes routes, Gate gate, NodeLog log, MonotonicClock clock, AccessLog accessLog) {
        this.routes = new RouteTable(routes.all());
        this.deeds = new DeedBook(routes.services().partitions(), log);
        this.clocks = routes.services().clocks();
        this.gate = gate;
        this.log = log;
        this.clock = clock;
        this.accessLog = accessLog;
    }

    /** The route table, for those that show it. */
    List<Route> table() {
        return routes.routes();
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        long startNs = clock.nowNs();
        try {
            answerOrRefuse(exchange);
        } finally {
            if (accessLog == AccessLog.ON) {
                log.info("request method=" + Texts.excerpt(exchange.getRequestMethod()) + " path="
                        + Texts.excerpt(exchange.getRequestURI().getRawPath()) + " status="
                        + exchange.getResponseCode() + " ms=" + (clock.nowNs() - startNs) / 1_000_000);
            }
        }
        // Not in a finally: after an exception the connection must break, so that nobody takes a part for the whole.
        exchange.close();
    }

    private void answerOrRefuse(HttpExchange exchange) throws IOException {
        try {
            send(exchange, answer(exchange));
        } catch (ApiException refused) {
            refuse(exchange, refused);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            refuse(exchange, stopping());
        } catch (IOException gone) {
            throw gone;
        } catch (RuntimeException | StackOverflowError unforeseen) {
            String reference = UUID.randomUUID().toString();
            log.error("request failed; reference=" + reference, unforeseen);
            refuse(
                    exchange,
                    new ApiException(
                            ErrorCode.INTERNAL,
                            "something went wrong here; reference=" + reference,
                            "the node's log has the rest under this reference"));
        }
    }

    private Answer answer(HttpExchange exchange) throws IOException, InterruptedException {
        gate.checkOrigin(exchange.getRequestHeaders());
        String path = Optional.ofNullable(exchange.getRequestURI().getRawPath()).orElse("");
        RouteTable.Match match = routes.match(exchange.getRequestMethod(), path);
        if (match instanceof RouteTable.Match.Found found && found.route().permission() == Permission.OPEN) {
            Principal nobody = new Principal("nobody", Optional.empty(), java.util.Set.of());
            return found.route().handler().handle(new Request(exchange, found.valueByParameter(), nobody));
        }
        Principal principal = gate.authenticate(exchange.getRequestHeaders());
        return switch (match) {
            case RouteTable.Match.Found found -> {
                authorise(principal, found.route());
                Request request = new Request(exchange, found.valueByParameter(), principal);
                Answer answer = found.route().handler().handle(request);
                note(request);
                yield answer;
            }
            case RouteTable.Match.WrongMethod wrong -> {
                exchange.getResponseHeaders().set("Allow", String.join(", ", wrong.allowed()));
                throw new ApiException(
                        ErrorCode.USAGE,
                        "this address has no such method; method=" + Texts.excerpt(exchange.getRequestMethod()),
                        "it has " + String.join(", ", wrong.allowed()));
            }
            case RouteTable.Match.NoSuchPath _ ->
                throw new ApiException(
                        ErrorCode.NOT_FOUND,
                        "no such address; path=" + Texts.excerpt(path),
                        "addresses begin with /v1/");
        };
    }

    private void note(Request request) throws InterruptedException {
        if (request.deed().isPresent()) {
            Request.Did did = request.deed().get();
            Deed deed = new Deed(clocks.nowMs(), request.who(), did.verb(), did.subject(), did.tenant(), did.detail());
            deeds.note(deed, request.requestId(did.tenant()));
        }
    }

    private static void authorise(Principal principal, Route route) {
        if (!principal.permissions().contains(route.permission())) {
            throw new ApiException(
                    ErrorCode.FORBIDDEN,
                    "this token may not do that; needs="
                            + route.permission().name().toLowerCase(java.util.Locale.ROOT),
                    "");
        }
    }

    private void send(HttpExchange exchange, Answer answer) throws IOException, InterruptedException {
        switch (answer) {
            case Answer.Document document -> {
                document.etag().ifPresent(tag -> exchange.getResponseHeaders().set("ETag", tag));
                bytes(exchange, document.status(), JSON, Json.writeAnswer(document.body()));
            }
            case Answer.Text text ->
                bytes(exchange, text.status(), text.contentType(), text.body().getBytes(StandardCharsets.UTF_8));
            case Answer.Bytes whole -> bytes(exchange, 200, whole.contentType(), whole.body());
            case Answer.Stream stream -> {
                head(exchange, stream.contentType());
                exchange.sendResponseHeaders(200, 0);
                written(stream, exchange.getResponseBody());
            }
        }
    }

    /** Turns what goes wrong in the middle of a stream into a broken connection: no status can be sent any more. */
    private void written(Answer.Stream stream, OutputStream out) throws IOException {
        try {
            stream.body().writeTo(out);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokenStream("the node stops", e);
        } catch (RuntimeException e) {
            log.error("stream failed", e);
            throw new BrokenStream("the stream failed", e);
        }
    }

    private void refuse(HttpExchange exchange, ApiException refused) throws IOException {
        if (exchange.getResponseCode() >= 0) {
            throw new InterruptedIOException("an answer had already begun");
        }
        if (refused.retryAfterMs() > 0) {
            long seconds = Math.ceilDiv(refused.retryAfterMs(), 1000L);
            exchange.getResponseHeaders().set("Retry-After", Long.toString(seconds));
            exchange.getResponseHeaders().set("X-Kalends-Retry-After-Ms", Long.toString(refused.retryAfterMs()));
        }
        if (refused.code() == ErrorCode.UNAUTHORIZED) {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
        }
        bytes(exchange, refused.code().httpStatus(), JSON, Json.writeAnswer(refused.toBody()));
    }

    private static void bytes(HttpExchange exchange, int status, String contentType, byte[] body) throws IOException {
        head(exchange, contentType);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        OutputStream out = exchange.getResponseBody();
        out.write(body);
        // Before the rest of a refused body is read away, so that the answer is not kept back until it came.
        out.flush();
    }

    private static void head(HttpExchange exchange, String contentType) {
        exchange.getResponseHeaders().set("Content-Type", contentType);
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
    }

    private static ApiException stopping() {
        return new ApiException(
                ErrorCode.UNAVAILABLE, "the node is stopping; state=stopping", "try again in a moment", 1000);
    }

    private static final class BrokenStream extends IOException {
        private static final long serialVersionUID = 1;

        private BrokenStream(String why, Throwable cause) {
            super(why, cause);
        }
    }
}
