package dev.kalends.tui.feed;

import dev.kalends.client.ClientSettings;
import dev.kalends.client.NodeClient;
import dev.kalends.time.MonotonicClock;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The nodes that may be asked, one at a time: a client for each, so that the console knows and says whom it lost. Any
 * thread may ask for the present one; only the reader goes on to the next.
 */
final class Nodes {
    /** How long a read may take before the node counts as lost. */
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(3);
    /** How long an action may take: a partition may be between two leaders. */
    private static final Duration ACT_TIMEOUT = Duration.ofSeconds(15);

    private final List<Node> all = new ArrayList<>();
    private volatile int at;

    /** A node with a client that reads and one that acts. */
    record Node(URI url, NodeClient reads, NodeClient acts) {
        /** Short, for people. */
        String name() {
            return url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort());
        }
    }

    Nodes(ClientSettings settings) {
        for (URI url : settings.nodes()) {
            all.add(new Node(url, client(settings, url, READ_TIMEOUT), client(settings, url, ACT_TIMEOUT)));
        }
    }

    private static NodeClient client(ClientSettings settings, URI url, Duration timeout) {
        MonotonicClock clock = settings.clock();
        return new NodeClient(new ClientSettings(List.of(url), settings.tenant(), settings.tokens(), timeout, clock));
    }

    Node present() {
        return all.get(at);
    }

    /** Goes on to the next one; the first again after the last. */
    Node next() {
        at = (at + 1) % all.size();
        return present();
    }

    int count() {
        return all.size();
    }
}
