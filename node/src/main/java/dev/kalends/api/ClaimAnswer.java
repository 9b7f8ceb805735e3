package dev.kalends.api;

import io.avaje.jsonb.Json;
import java.util.List;

/** Granted attempts; {@code ttlMs} is the lease's length, counted from the moment the claim was sent. */
@Json
public record ClaimAnswer(List<Grant> grants, long ttlMs) {}
