package dev.kalends.api;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * A run's lease.
 *
 * @param leftMs may be negative when it is about to be taken away
 * @param released true when somebody took it back: it is not prolonged any more
 */
@Json
public record LeaseView(
        long token,
        long epoch,
        @Nullable String expiresAt,
        @Nullable Long leftMs,
        @Nullable Boolean released) {}
