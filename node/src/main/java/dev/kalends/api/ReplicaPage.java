package dev.kalends.api;

import io.avaje.jsonb.Json;
import java.util.List;

/**
 * All partitions, their replicas held against each other; empty where there is one node only.
 *
 * @param nodes that are alive
 */
@Json
public record ReplicaPage(String asOf, int nodes, List<ReplicaView> items) {}
