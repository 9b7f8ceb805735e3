package dev.kalends.api;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to one submitted job.
 *
 * @param created false when the same key or request had made it before
 * @param line the line of a bulk, from 1
 * @param error why that line was refused; id is then null
 */
@Json
public record SubmitResult(
        @Nullable String id,
        @Nullable String name,
        @Nullable String nextFireAt,
        @Nullable Boolean created,
        @Nullable List<String> warnings,
        @Nullable Long line,
        ErrorBody.@Nullable Detail error) {}
