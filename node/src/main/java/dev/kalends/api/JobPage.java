package dev.kalends.api;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of jobs; {@code next} is the cursor of the following page. */
@Json
public record JobPage(
        String asOf, List<JobView> items, @Nullable String next) {}
