package dev.kalends.api;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a changing request did to one job or run.
 *
 * @param outcome one word: cancelled, cancelling, already_finished, triggered, reopened, discarded…
 * @param runs the runs that were made or touched
 */
@Json
public record ActionResult(
        String id,
        @Nullable String name,
        String outcome,
        @Nullable String detail,
        @Nullable List<String> runs) {}
