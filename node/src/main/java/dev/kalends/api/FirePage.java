package dev.kalends.api;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The next fires of a job. {@code pause} is what holds them back, of the job itself or of all that it belongs to: then
 * they are what would fire if it were resumed now.
 */
@Json
public record FirePage(
        String asOf,
        String id,
        @Nullable String name,
        String tenant,
        String state,
        ScheduleView schedule,
        List<FireView> items,
        @Nullable String next,
        @Nullable PauseView pause) {}
