package dev.kalends.api;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * A fire to come. {@code at} is when it comes due, {@code local} the same in the schedule's zone, {@code nominalAt}
 * what the schedule says and the run is named by; they differ by the job's splay. {@code note} tells what a clock
 * change or the splay does to it.
 */
@Json
public record FireView(
        String at, String local, long inMs, @Nullable String note, String nominalAt) {}
