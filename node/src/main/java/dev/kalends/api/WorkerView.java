package dev.kalends.api;

import io.avaje.jsonb.Json;
import java.util.List;

/** A worker as the node sees it. {@code state} is live, draining or silent. */
@Json
public record WorkerView(
        String id,
        String state,
        int slots,
        int running,
        List<String> queues,
        long seenAgoMs,
        String version,
        String isolation) {}
