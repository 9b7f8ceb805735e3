package dev.kalends.api;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of runs; {@code next} is the cursor of the following page. */
@Json
public record RunPage(
        String asOf, List<RunView> items, @Nullable String next) {}
