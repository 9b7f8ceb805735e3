package dev.kalends.api;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * A partition's leadership.
 *
 * @param missedLeft jobs that came due while nobody could fire and are still to be made up for; null for none
 * @param missedEtaMs how long that will take at the pace so far; -1 while it is not known
 */
@Json
public record PartitionView(
        int partition,
        @Nullable String leader,
        long epoch,
        @Nullable Long leftMs,
        @Nullable Long ttlMs,
        @Nullable Long renewedAgoMs,
        long due,
        long wheelLagMs,
        @Nullable Long missedLeft,
        @Nullable Long missedEtaMs) {}
