package dev.kalends.api;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/** A schedule: {@code type} is once, every, cron, after or manual; the other fields as they apply. */
@Json
public record ScheduleView(
        String type,
        @Nullable String at,
        @Nullable Long everyMs,
        @Nullable String anchor,
        @Nullable String cron,
        @Nullable String tz,
        @Nullable String dst,
        @Nullable String words) {}
