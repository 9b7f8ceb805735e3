package dev.kalends.api;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * A backfill, or what one would do.
 *
 * @param number of this job's backfills; null before it began
 * @param runs it makes in all
 * @param made runs made so far
 * @param first nominal instant of the first run still to be made
 * @param until the stretch ends before this
 * @param durationMs the least time it takes from now, at its rate
 */
@Json
public record BackfillView(
        String id,
        @Nullable String name,
        @Nullable Integer number,
        long runs,
        long made,
        @Nullable String first,
        String until,
        int perSec,
        long durationMs) {}
