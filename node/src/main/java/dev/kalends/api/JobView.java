package dev.kalends.api;

import io.avaje.jsonb.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A job as the API shows it. {@code request} is its input shape, filled by {@code show} only. */
@Json
public record JobView(
        String id,
        @Nullable String name,
        String tenant,
        String state,
        ScheduleView schedule,
        @Nullable String nextFireAt,
        String kind,
        @Nullable List<String> command,
        @Nullable String url,
        String queue,
        String priority,
        int maxAttempts,
        @Nullable Long timeoutMs,
        String overlap,
        String catchUp,
        Map<String, String> labels,
        int generation,
        long revision,
        String createdAt,
        @Nullable RunView lastRun,
        @Nullable List<RunView> openRuns,
        @Nullable List<String> nextFires,
        @Nullable JobRequest request,
        @Nullable String from,
        @Nullable String until,
        @Nullable Integer maxRuns,
        long splayMs,
        int fired,
        @Nullable List<FireView> next,
        @Nullable PauseView pause,
        @Nullable BackfillView backfill) {}
