package dev.kalends.worker;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A request as bytes can be made of it.
 *
 * @param headers by name, in the writing they are sent in
 */
record HttpMessage(String method, Map<String, String> headers, byte[] body) {
    /** Headers that only the worker sets. */
    private static final Set<String> OURS =
            Set.of("host", "connection", "content-length", "transfer-encoding", "expect", "upgrade", "te", "trailer");

    private static final Set<String> SECRETS = Set.of("authorization", "cookie", "proxy-authorization");
    private static final String TOKEN = "[A-Za-z0-9!#$%&'*+.^_`|~-]+";

    HttpMessage {
        headers = Map.copyOf(headers);
    }

    /** Checks what a user wrote; a line break in a header would be a second request. */
    static HttpMessage of(String method, Map<String, String> headers, byte[] body) throws CannotStartException {
        if (!method.matches(TOKEN)) {
            throw new CannotStartException("the method is none; method=" + method);
        }
        for (Map.Entry<String, String> header : headers.entrySet()) {
            boolean plain = header.getValue().chars().noneMatch(c -> (c < ' ' && c != '\t') || c == 0x7f || c > 0xff);
            if (!header.getKey().matches(TOKEN) || !plain) {
                throw new CannotStartException("the header cannot be sent; header=" + header.getKey());
            }
            if (OURS.contains(header.getKey().toLowerCase(Locale.ROOT))) {
                throw new CannotStartException("the header is the worker's own; header=" + header.getKey());
            }
        }
        return new HttpMessage(method, headers, body);
    }

    /** As sent. */
    byte[] head(HttpTarget target) {
        StringBuilder head = new StringBuilder(512);
        head.append(method).append(' ').append(target.path()).append(" HTTP/1.1\r\n");
        head.append("Host: ").append(target.authority()).append("\r\nConnection: close\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        if (body.length > 0 || method.equals("POST") || method.equals("PUT") || method.equals("PATCH")) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** As sent after a redirect: secrets stay with the host they were meant for. */
    HttpMessage redirected(int status, boolean sameOrigin) {
        boolean asGet = status == 303 || ((status == 301 || status == 302) && method.equals("POST"));
        Map<String, String> kept = new LinkedHashMap<>();
        headers.forEach((name, value) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if ((sameOrigin || !SECRETS.contains(lower)) && !(asGet && lower.startsWith("content-"))) {
                kept.put(name, value);
            }
        });
        return asGet && !method.equals("HEAD")
                ? new HttpMessage("GET", kept, new byte[0])
                : new HttpMessage(method, kept, body);
    }
}
