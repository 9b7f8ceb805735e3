package dev.kalends.api;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * What a node found out about one thing that it depends on.
 *
 * @param check one word, stable
 * @param verdict ok, warn or fail
 * @param advice what to do; null when all is well
 */
@Json
public record CheckView(
        String node,
        String check,
        String verdict,
        String found,
        @Nullable String advice) {}
