package dev.kalends.api;

import io.avaje.jsonb.Json;

/**
 * An attempt's output tail.
 *
 * @param offset bytes of output before the text
 * @param text the bytes as UTF-8, malformed ones replaced
 * @param done whether the attempt is over
 */
@Json
public record OutputView(int attempt, long offset, String text, boolean done) {}
