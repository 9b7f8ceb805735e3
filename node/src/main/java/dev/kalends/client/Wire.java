package dev.kalends.client;

import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorBody;
import dev.kalends.api.ErrorCode;
import dev.kalends.api.Json;
import dev.kalends.client.TryFailedException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One try of one call on one connection: headers out, status in. */
final class Wire {
    static final String REQUEST_ID = "X-Kalends-Request-Id";
    static final String ACTOR = "X-Kalends-Actor";
    static final String TENANT = "X-Kalends-Tenant";
    private static final long CONNECT_MAX_MS = 3_000;
    private static final int ERROR_BYTES_MAX = 64 * 1024;
    private static final int ERROR_CHARS_MAX = 300;
    private static final long RETRY_AFTER_MAX_S = 86_400;

    private final Optional<String> tenant;
    private final TokenSource tokens;

    Wire(Optional<String> tenant, TokenSource tokens) {
        this.tenant = tenant;
        this.tokens = tokens;
    }

    /**
     * Sends and waits for the status line.
     *
     * @return an answered connection with a 2xx status
     * @throws ApiException what the node refused
     */
    HttpURLConnection send(URI node, Call call, long leftMs) throws TryFailedException {
        HttpURLConnection connection = prepare(node, call);
        connection.setConnectTimeout((int) Math.min(CONNECT_MAX_MS, leftMs));
        connection.setReadTimeout((int) Math.min(Integer.MAX_VALUE, leftMs + call.parkMs()));
        try {
            connection.connect();
        } catch (IOException e) {
            throw new TryFailedException(Kind.NOT_CONNECTED, e);
        }
        try {
            if (connection.getDoOutput()) {
                try (OutputStream out = connection.getOutputStream()) {
                    out.write(call.body());
                }
            }
            int status = connection.getResponseCode();
            if (status >= 200 && status < 300) {
                return connection;
            }
            throw refusal(connection, status);
        } catch (IOException e) {
            throw new TryFailedException(Kind.IN_DOUBT, e);
        }
    }

    private HttpURLConnection prepare(URI node, Call call) {
        try {
            // No proxy: a node is named by its address, and looking for one costs a command its start.
            HttpURLConnection connection =
                    (HttpURLConnection) address(node, call.target()).toURL().openConnection(Proxy.NO_PROXY);
            connection.setRequestMethod(call.method());
            connection.setInstanceFollowRedirects(false);
            connection.setUseCaches(false);
            connection.setRequestProperty("Accept", "application/json");
            if (call.requestId() != null) {
                connection.setRequestProperty(REQUEST_ID, call.requestId());
                connection.setRequestProperty(ACTOR, Actor.text());
            }
            tenant.ifPresent(name -> connection.setRequestProperty(TENANT, name));
            tokens.tokenFor(node).ifPresent(token -> connection.setRequestProperty("Authorization", "Bearer " + token));
            if (call.method().equals("POST") || call.method().equals("PUT")) {
                connection.setRequestProperty("Content-Type", "application/json");
                connection.setDoOutput(true);
            }
            return connection;
        } catch (IOException | ClassCastException | IllegalArgumentException e) {
            throw new ApiException(
                    ErrorCode.USAGE,
                    "this cannot be sent; node=" + node + " reason=" + e.getMessage(),
                    "an address looks like http://127.0.0.1:7070");
        }
    }

    private static URI address(URI node, String target) {
        String base = node.toString();
        try {
            return new URI((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + target);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static ApiException refusal(HttpURLConnection connection, int status)
            throws IOException, TryFailedException {
        String text = "";
        try (@Nullable InputStream body = connection.getErrorStream()) {
            if (body != null) {
                text = new String(body.readNBytes(ERROR_BYTES_MAX), StandardCharsets.UTF_8);
            }
        }
        ApiException answer = read(status, text, retryAfterMs(connection));
        if (status == ErrorCode.THROTTLED.httpStatus()) {
            throw new TryFailedException(Kind.THROTTLED, answer);
        }
        if (status == ErrorCode.UNAVAILABLE.httpStatus()) {
            throw new TryFailedException(Kind.UNAVAILABLE, answer);
        }
        return answer;
    }

    private static ApiException read(int status, String text, long retryAfterMs) {
        try {
            ErrorBody body = Json.readAnswer(ErrorBody.class, text.getBytes(StandardCharsets.UTF_8));
            ErrorBody.Detail detail = body.error();
            String hint = detail.hint() == null ? "" : detail.hint();
            return new ApiException(ErrorCode.ofWord(detail.code()), detail.message(), hint, retryAfterMs);
        } catch (ApiException | NullPointerException e) {
            String shown = text.strip();
            return new ApiException(
                    codeOf(status),
                    "the node answered in no words that are understood; status=" + status + " text="
                            + shown.substring(0, Math.min(ERROR_CHARS_MAX, shown.length())),
                    "is it a Kalends node?",
                    retryAfterMs);
        }
    }

    private static ErrorCode codeOf(int status) {
        if (status >= 400) {
            for (ErrorCode code : ErrorCode.values()) {
                if (code.httpStatus() == status && code != ErrorCode.UNREACHABLE) {
                    return code;
                }
            }
        }
        return ErrorCode.INTERNAL;
    }

    private static long retryAfterMs(HttpURLConnection connection) {
        String header = connection.getHeaderField("Retry-After");
        try {
            return header == null ? 0 : Math.clamp(Long.parseLong(header.strip()), 0, RETRY_AFTER_MAX_S) * 1000;
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
