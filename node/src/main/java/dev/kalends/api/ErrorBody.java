package dev.kalends.api;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/** {@code {"error":{"code","message","hint"}}}. */
@Json
public record ErrorBody(Detail error) {
    /** What is wrong and what to do next. */
    @Json
    public record Detail(
            String code, String message, @Nullable String hint) {}
}
