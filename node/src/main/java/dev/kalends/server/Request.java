package dev.kalends.server;

import com.sun.net.httpserver.HttpExchange;
import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorCode;
import dev.kalends.api.Json;
import dev.kalends.job.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** One authorised request: its head is read, its body is read by the handler, bounded. */
final class Request {
    private final HttpExchange exchange;
    private final Map<String, String> valueByParameter;
    private final Query query;
    private final Principal principal;
    private Optional<Did> deed = Optional.empty();

    Request(HttpExchange exchange, Map<String, String> valueByParameter, Principal principal) {
        this.exchange = exchange;
        this.valueByParameter = valueByParameter;
        this.query = Query.parse(exchange.getRequestURI().getRawQuery());
        this.principal = principal;
    }

    /** A parameter of the route's template. */
    String parameter(String name) {
        return Objects.requireNonNull(valueByParameter.get(name));
    }

    Query query() {
        return query;
    }

    /** The tenant or tenants that are asked for. */
    Scope scope() {
        return Scope.of(principal, header(Scope.HEADER));
    }

    /** The tenant that a parameter names, or {@code *}, as the header would. */
    Scope scope(String tenant) {
        return Scope.of(principal, Optional.of(tenant));
    }

    /**
     * What makes this request repeatable, as the client chose it; a fresh one when it did not.
     *
     * <p>Two tenants may choose the same text without meeting: the tenant is a part of it.
     */
    String requestId(String tenant) {
        Optional<String> sent = header(REQUEST_ID);
        sent.ifPresent(id -> {
            boolean fits = !id.isEmpty()
                    && id.length() <= Limits.REQUEST_ID_BYTES_MAX
                    && id.chars().allMatch(c -> c > ' ' && c < 0x7f);
            if (!fits) {
                throw new ApiException(
                        ErrorCode.INVALID,
                        "a request id is 1 to " + Limits.REQUEST_ID_BYTES_MAX + " printable ASCII characters; length="
                                + id.length(),
                        "");
            }
        });
        return tenant + "/" + sent.orElseGet(() -> UUID.randomUUID().toString());
    }

    /** Name of the header that carries a request id. */
    static final String REQUEST_ID = "X-Kalends-Request-Id";

    /** The revision that the client wants to change, from {@code If-Match}; empty when it does not care. */
    OptionalLong ifMatch() {
        Optional<String> tag = header("If-Match").filter(text -> !text.equals("*"));
        if (tag.isEmpty()) {
            return OptionalLong.empty();
        }
        String digits = tag.get().replace("\"", "");
        try {
            return OptionalLong.of(Long.parseLong(digits));
        } catch (NumberFormatException e) {
            throw new ApiException(
                    ErrorCode.INVALID,
                    "If-Match holds a revision in quotes, as ETag showed it; ifMatch=" + Texts.excerpt(tag.get()),
                    "");
        }
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
    }

    /** Says what was done for this request, so that it is put on record with the one who asked. */
    void did(String verb, String subject, String ofTenant, String detail) {
        deed = Optional.of(new Did(verb, subject, ofTenant, detail));
    }

    /** What a handler said that it did. */
    record Did(String verb, String subject, String tenant, String detail) {}

    Optional<Did> deed() {
        return deed;
    }

    /** Who asks, as well as it is known: a person as the client tells it, and whose token that is. */
    String who() {
        Optional<String> actor = header(ACTOR)
                .filter(text -> !text.isEmpty()
                        && text.length() <= ACTOR_CHARS_MAX
                        && text.chars().allMatch(c -> c > ' ' && c < 0x7f));
        boolean admin = principal.equals(Principal.admin());
        return actor.map(text -> admin ? text : principal.name() + ":" + text).orElse(principal.name());
    }

    private static final String ACTOR = "X-Kalends-Actor";
    private static final int ACTOR_CHARS_MAX = 120;

    /** The whole body as a record. */
    <T> T body(Class<T> type, int bytesMax) throws IOException {
        return Json.readRequest(type, body(bytesMax));
    }

    /** The whole body; refuses a longer one without reading it. */
    byte[] body(int bytesMax) throws IOException {
        long declared = header("Content-Length").map(Request::length).orElse(0L);
        if (declared > bytesMax) {
            throw tooLarge(bytesMax);
        }
        byte[] body = exchange.getRequestBody().readNBytes(bytesMax + 1);
        if (body.length > bytesMax) {
            throw tooLarge(bytesMax);
        }
        return body;
    }

    /** The body as it comes. */
    InputStream bodyStream() {
        return exchange.getRequestBody();
    }

    private static long length(String text) {
        try {
            return Long.parseLong(text.trim());
        } catch (NumberFormatException e) {
            throw new ApiException(
                    ErrorCode.USAGE, "Content-Length is no number; contentLength=" + Texts.excerpt(text), "");
        }
    }

    private static ApiException tooLarge(int bytesMax) {
        return new ApiException(
                ErrorCode.TOO_LARGE,
                "the body is too large here; bytesMax=" + bytesMax,
                "many jobs go in one by one, a line each, to /v1/jobs:bulk");
    }
}
