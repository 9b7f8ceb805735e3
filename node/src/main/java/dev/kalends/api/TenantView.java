package dev.kalends.api;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/** A tenant: its limits (null = unlimited) and its counters. */
@Json
public record TenantView(
        String name,
        @Nullable Integer submitsPerSec,
        @Nullable Integer burst,
        @Nullable Long scheduled,
        @Nullable Long running,
        @Nullable Long dead) {}
