package dev.kalends.api;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * A pause.
 *
 * @param by job, tenant or everything
 * @param tenant of a pause of a tenant
 * @param until when it ends by itself; null = when somebody resumes
 * @param resuming it was taken back, and what it held goes on in portions
 */
@Json
public record PauseView(
        String by,
        @Nullable String tenant,
        String since,
        @Nullable String until,
        @Nullable String reason,
        boolean resuming) {}
