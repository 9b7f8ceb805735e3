package dev.kalends.api;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The next fires of a job; {@code state} is the job's: a paused one shows what would fire if it were resumed now. */
@Json
public record FirePage(
        String asOf,
        String id,
        @Nullable String name,
        String tenant,
        String state,
        ScheduleView schedule,
        List<FireView> items,
        @Nullable String next) {}
