package dev.kalends.api;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/** A partition's leadership. */
@Json
public record PartitionView(
        int partition,
        @Nullable String leader,
        long epoch,
        @Nullable Long leftMs,
        @Nullable Long ttlMs,
        @Nullable Long renewedAgoMs,
        long due,
        long wheelLagMs) {}
