package dev.kalends.api;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A schedule: {@code type} is once, every, cron, after or manual; the other fields as they apply. {@code except}
 * holds days on which it does not fire, each {@code 2026-12-25}, {@code 2026-12-24..2027-01-01}, {@code 12-25} or
 * {@code 12-24..12-26}, the last two of every year, by the date in {@code tz}.
 */
@Json
public record ScheduleView(
        String type,
        @Nullable String at,
        @Nullable Long everyMs,
        @Nullable String anchor,
        @Nullable String cron,
        @Nullable String tz,
        @Nullable String dst,
        @Nullable List<String> except,
        @Nullable String words) {}
