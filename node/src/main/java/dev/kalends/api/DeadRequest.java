package dev.kalends.api;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which dead letters to redrive or discard.
 *
 * @param rate redrives a second, such as {@code 5/s}
 * @param dryRun only count
 * @param canary of a redrive: one first, when it succeeds ten, then all; it stops when one dies again
 */
@Json
public record DeadRequest(
        @Nullable List<String> runs,
        @Nullable String fingerprint,
        @Nullable String error,
        @Nullable String job,
        @Nullable Boolean all,
        @Nullable String since,
        @Nullable String rate,
        @Nullable Boolean dryRun,
        @Nullable Boolean canary) {}
