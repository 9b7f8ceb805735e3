package dev.kalends.api;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a redrive or discard did, or would do.
 *
 * @param redrive names a redrive with a canary, to ask the same node how it goes
 */
@Json
public record DeadAnswer(
        long count,
        double ratePerSec,
        long durationMs,
        boolean dryRun,
        List<String> runs,
        @Nullable String redrive) {}
