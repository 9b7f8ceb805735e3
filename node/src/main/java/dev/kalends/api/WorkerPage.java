package dev.kalends.api;

import io.avaje.jsonb.Json;
import java.util.List;

/** Workers known to the node. */
@Json
public record WorkerPage(String asOf, List<WorkerView> items) {}
