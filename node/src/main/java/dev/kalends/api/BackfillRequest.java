package dev.kalends.api;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of the past to make up for.
 *
 * @param from first nominal instant; RFC 3339, a local time in the job's zone, or how long ago
 * @param to the stretch ends before this; null = now
 * @param rate runs a second, such as {@code 5/s}
 * @param dryRun only say what it would do
 */
@Json
public record BackfillRequest(
        String from,
        @Nullable String to,
        @Nullable String rate,
        @Nullable Boolean dryRun) {}
