package dev.kalends.api;

import io.avaje.jsonb.Json;
import java.util.List;

/**
 * What was done, the oldest first.
 *
 * @param complete whether there was nothing before the first that is shown
 */
@Json
public record DeedPage(String asOf, String since, List<DeedView> items, boolean complete) {}
