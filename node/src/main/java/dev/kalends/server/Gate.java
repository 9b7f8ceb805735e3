package dev.kalends.server;

import com.sun.net.httpserver.Headers;
import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorCode;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Refuses requests that a web page made: those whose {@code Host} is not one of this node's names, or that have an
 * {@code Origin} at all that is not this node. Otherwise a page that a browser on this machine shows could reach the
 * node under a name that its author points at 127.0.0.1 (DNS rebinding).
 */
public final class Gate {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final String BEARER = "bearer ";

    private final Set<String> hosts = new TreeSet<>(LOOPBACK);
    private final Principals principals;

    /** Also accepts the names under which the node listens. */
    public Gate(Principals principals, List<String> ownHosts) {
        this.principals = principals;
        for (String host : ownHosts) {
            hosts.add(plain(host));
        }
    }

    /** Throws {@code forbidden} for a request from elsewhere. */
    void checkOrigin(Headers headers) {
        List<String> host = Optional.ofNullable(headers.get("Host")).orElse(List.of());
        if (host.size() != 1 || !hosts.contains(withoutPort(host.getFirst()))) {
            throw new ApiException(
                    ErrorCode.FORBIDDEN,
                    "the Host header does not name this node; host="
                            + Texts.excerpt(host.isEmpty() ? "" : host.getFirst()),
                    "use the address it listens on; a further name is allowed by its --listen");
        }
        for (String origin : Optional.ofNullable(headers.get("Origin")).orElse(List.of())) {
            if (!hosts.contains(originHost(origin))) {
                throw new ApiException(
                        ErrorCode.FORBIDDEN,
                        "requests of other origins are refused; origin=" + Texts.excerpt(origin),
                        "");
            }
        }
    }

    /** Who asks; {@code unauthorized} when nobody known does. */
    Principal authenticate(Headers headers) {
        List<String> sent = Optional.ofNullable(headers.get("Authorization")).orElse(List.of());
        if (sent.size() != 1) {
            throw unauthorized("a request carries one Authorization header; headers=" + sent.size());
        }
        String value = sent.getFirst();
        if (!value.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            throw unauthorized("only bearer tokens are understood; scheme=other");
        }
        return principals
                .of(value.substring(BEARER.length()).trim())
                .orElseThrow(() -> unauthorized("this token is not known here; token=wrong"));
    }

    private static ApiException unauthorized(String message) {
        return new ApiException(
                ErrorCode.UNAUTHORIZED,
                message,
                "commands of the node's own user find its token; others: --token-file DATA/admin.token");
    }

    private static String originHost(String origin) {
        try {
            return Optional.ofNullable(new URI(origin).getHost())
                    .map(Gate::plain)
                    .orElse("");
        } catch (URISyntaxException e) {
            return "";
        }
    }

    private static String withoutPort(String host) {
        int colon = host.lastIndexOf(':');
        return plain(colon > host.lastIndexOf(']') ? host.substring(0, colon) : host);
    }

    private static String plain(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.indexOf(':') >= 0 && !lower.startsWith("[") ? "[" + lower + "]" : lower;
    }
}
