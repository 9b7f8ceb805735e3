package dev.kalends.api;

import io.avaje.jsonb.Json;
import java.util.List;

/** All nodes; {@code node} is the one that answers. */
@Json
public record NodePage(String asOf, String node, List<NodeView> items) {}
