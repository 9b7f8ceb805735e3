package dev.kalends.api;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/** A run's lease; {@code leftMs} may be negative when it is about to be taken away. */
@Json
public record LeaseView(
        long token,
        long epoch,
        @Nullable String expiresAt,
        @Nullable Long leftMs) {}
