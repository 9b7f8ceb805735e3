package dev.kalends.api;

import io.avaje.jsonb.Json;
import java.util.List;

/** Workers, whichever node they speak to. */
@Json
public record WorkerPage(String asOf, List<WorkerView> items) {}
