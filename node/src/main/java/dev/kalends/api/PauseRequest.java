package dev.kalends.api;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to pause or to resume: jobs by name or id, or all.
 *
 * @param all everything of the tenant; with {@code everyTenant} of all tenants
 * @param duration how long, such as {@code 2h}; null = until somebody resumes
 * @param catchUp of a resume: what becomes of the fires held back
 * @param generations as somebody saw the jobs, one each: if one was edited since, nothing is done in its partition
 */
@Json
public record PauseRequest(
        @Nullable List<String> jobs,
        @Nullable Boolean all,
        @Nullable Boolean everyTenant,
        @Nullable String duration,
        @Nullable String reason,
        @Nullable String catchUp,
        @Nullable List<Integer> generations) {}
