package dev.kalends.cli.bench;

import dev.kalends.cli.command.Session;
import dev.kalends.client.NodeClient;
import dev.kalends.time.MonotonicClock;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What a scenario works with: a node to measure, the clocks, and whom to tell how far it is.
 *
 * @param own the node's process, where the benchmark started it
 */
record Bench(Session session, NodeClient client, Optional<OwnNode> own) {
    long nowMs() {
        return session.nowMs();
    }

    MonotonicClock clock() {
        return session.surroundings().clocks().monotonic();
    }

    void tell(String line) {
        session.tell(line);
    }

    void waitUntil(long wallMs) throws InterruptedException {
        for (long leftMs = wallMs - nowMs(); leftMs > 0; leftMs = wallMs - nowMs()) {
            TimeUnit.MILLISECONDS.sleep(Math.min(leftMs, 1_000));
        }
    }
}
