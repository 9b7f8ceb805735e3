package dev.kalends.api;

import io.avaje.jsonb.Json;

/** A dead letter. */
@Json
public record DeadView(String diedAt, String fingerprint, String error, RunView run) {}
