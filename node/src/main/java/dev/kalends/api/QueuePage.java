package dev.kalends.api;

import io.avaje.jsonb.Json;
import java.util.List;

/** All queues that are known. */
@Json
public record QueuePage(String asOf, List<QueueView> items) {}
