package dev.kalends.server;

import dev.kalends.runtime.PartitionHandle;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** Answers {@code /livez} and {@code /readyz} with a word: to anybody, so they say no more. */
public final class HealthEndpoint {
    private static final String TEXT = "text/plain; charset=utf-8";

    private final Partitions partitions;
    private final AtomicBoolean draining = new AtomicBoolean();

    public HealthEndpoint(Partitions partitions) {
        this.partitions = partitions;
    }

    /** From now on the node is not ready: it goes. */
    public void drain() {
        draining.set(true);
    }

    /** Whether requests that change something can be answered now. */
    public boolean ready() {
        return !draining.get()
                && partitions.all().stream().map(PartitionHandle::status).allMatch(PartitionHandle.Status::leading);
    }

    Answer live(Request request) {
        request.query().allow(Set.of());
        return new Answer.Text(200, TEXT, "live\n");
    }

    Answer ready(Request request) {
        request.query().allow(Set.of());
        String word = draining.get() ? "draining\n" : ready() ? "ready\n" : "starting\n";
        return new Answer.Text(ready() ? 200 : 503, TEXT, word);
    }
}
