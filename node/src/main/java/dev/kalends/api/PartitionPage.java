package dev.kalends.api;

import io.avaje.jsonb.Json;
import java.util.List;

/** All partitions. */
@Json
public record PartitionPage(String asOf, List<PartitionView> items) {}
