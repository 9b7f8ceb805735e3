package dev.kalends.client;

import dev.kalends.time.MonotonicClock;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How to reach the nodes.
 *
 * @param nodes base addresses, tried in this order; at least one
 * @param tenant the tenant that requests speak for; empty = the token's own
 * @param tokens who asks
 * @param requestTimeout how long one request may take, its retries included
 */
public record ClientSettings(
        List<URI> nodes, Optional<String> tenant, TokenSource tokens, Duration requestTimeout, MonotonicClock clock) {
    /** The node that commands talk to when nothing else is said. */
    public static final URI DEFAULT_NODE = URI.create("http://127.0.0.1:7070");

    public static final Duration DEFAULT_REQUEST_TIMEOUT = Duration.ofSeconds(30);

    public ClientSettings {
        nodes = List.copyOf(nodes);
        if (nodes.isEmpty()) {
            throw new IllegalArgumentException("no node to talk to; nodes=0");
        }
    }

    /** One node, default tenant and timeout. */
    public static ClientSettings of(URI node, TokenSource tokens) {
        return new ClientSettings(
                List.of(node), Optional.empty(), tokens, DEFAULT_REQUEST_TIMEOUT, MonotonicClock.system());
    }
}
