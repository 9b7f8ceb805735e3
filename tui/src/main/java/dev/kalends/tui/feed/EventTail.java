package dev.kalends.tui.feed;

import dev.kalends.api.ApiException;
import dev.kalends.client.EventQuery;
import dev.kalends.client.Flag;
import dev.kalends.client.NodeClient;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Follows the event stream of the present node on a thread of its own, for as long as the feed runs. After a break it
 * goes on from the cursor, on another node from now.
 */
final class EventTail {
    private static final long AGAIN_NS = TimeUnit.SECONDS.toNanos(1);
    /** At this pace the events that the node keeps are of little more than now, and not worth their reading. */
    private static final double BUSY_FIRES_A_SECOND = 50;

    private final Nodes nodes;
    private final PulseBook book;
    private volatile boolean closed;
    private Optional<String> cursor = Optional.empty();
    private Optional<Nodes.Node> of = Optional.empty();

    EventTail(Nodes nodes, PulseBook book) {
        this.nodes = nodes;
        this.book = book;
    }

    /** The thread's work. */
    void run() {
        while (!closed) {
            Nodes.Node node = nodes.present();
            try {
                if (of.isEmpty()) {
                    cursor = start(node.reads());
                } else if (!of.get().equals(node)) {
                    cursor = Optional.empty();
                }
                of = Optional.of(node);
                follow(node);
            } catch (ApiException e) {
                // The reader sees the same node fail and says so; here only the break matters.
            }
            if (!closed) {
                LockSupport.parkNanos(AGAIN_NS);
            }
        }
    }

    /** At a quiet node everything that it keeps, so that the picture begins with the last hour. */
    private static Optional<String> start(NodeClient client) {
        return client.stats().rates().firePerSec() > BUSY_FIRES_A_SECOND ? Optional.empty() : Optional.of("0");
    }

    private void follow(Nodes.Node node) {
        node.reads().events(new EventQuery(cursor, Optional.empty(), Flag.ON), event -> {
            cursor = Optional.of(event.cursor());
            book.add(event);
            return !closed && nodes.present().equals(node);
        });
    }

    void close() {
        closed = true;
    }
}
