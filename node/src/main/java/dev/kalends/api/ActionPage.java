package dev.kalends.api;

import io.avaje.jsonb.Json;
import java.util.List;

/** What was done to each of several jobs, in the order in which they were named. */
@Json
public record ActionPage(List<ActionResult> items) {}
