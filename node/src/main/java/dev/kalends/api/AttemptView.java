package dev.kalends.api;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/** One finished try. {@code end} is succeeded, failed, timed_out, lost or cancelled. */
@Json
public record AttemptView(
        int number,
        long token,
        String worker,
        String startedAt,
        String finishedAt,
        String end,
        @Nullable Integer exitCode,
        @Nullable String error) {}
