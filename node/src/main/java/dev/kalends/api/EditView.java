package dev.kalends.api;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an edit changes, or would change.
 *
 * @param generation the new one; with a dry run the one it would be
 * @param next the fires to come
 */
@Json
public record EditView(
        String id,
        @Nullable String name,
        int generation,
        boolean dryRun,
        List<Changed> changed,
        List<FireView> next,
        List<String> warnings) {

    /** A field before and after; null = not set. */
    @Json
    public record Changed(
            String field, @Nullable String before, @Nullable String after) {}
}
