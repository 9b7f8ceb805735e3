package dev.kalends.api;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run as the API shows it; {@code attempts} and {@code output} only where one run is asked for.
 *
 * @param series counts its redrives, from 1
 */
@Json
public record RunView(
        String id,
        String jobId,
        @Nullable String jobName,
        String tenant,
        String kind,
        String state,
        String nominalAt,
        String dueAt,
        @Nullable String firedAt,
        @Nullable String startedAt,
        @Nullable String finishedAt,
        @Nullable Long skewMs,
        int attempt,
        int maxAttempts,
        @Nullable Integer exitCode,
        @Nullable String error,
        @Nullable String reason,
        @Nullable String retryAt,
        @Nullable String worker,
        @Nullable String node,
        @Nullable LeaseView lease,
        @Nullable List<AttemptView> attempts,
        @Nullable OutputView output,
        @Nullable Integer series) {}
