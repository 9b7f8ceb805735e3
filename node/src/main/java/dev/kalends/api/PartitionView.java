package dev.kalends.api;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A partition's leadership.
 *
 * @param missedLeft jobs that came due while nobody could fire and are still to be made up for; null for none
 * @param missedEtaMs how long that will take at the pace so far; -1 while it is not known
 * @param holders nodes that hold a replica, as far as they answer; null where all nodes hold all
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
        @Nullable Long missedEtaMs,
        @Nullable List<String> holders) {}
