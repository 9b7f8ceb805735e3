package dev.kalends.api;

import io.avaje.jsonb.Json;
import java.util.List;

/**
 * What the nodes found out about what they depend on.
 *
 * @param asOf the wall clock of the answering node
 */
@Json
public record ChecksPage(String asOf, List<CheckView> items) {}
