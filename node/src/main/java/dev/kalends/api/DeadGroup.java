package dev.kalends.api;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Dead letters with one fingerprint.
 *
 * @param jobs at most ten of their jobs
 * @param lastHour how many died in each five minutes of the last hour, the latest last; null from an older node
 */
@Json
public record DeadGroup(
        String fingerprint,
        long count,
        String error,
        List<String> jobs,
        String firstAt,
        String lastAt,
        @Nullable List<Long> lastHour) {
    /** Parts that the last hour is told in. */
    public static final int PARTS = 12;

    /** Length of a part, in milliseconds. */
    public static final long PART_MS = 300_000;
}
