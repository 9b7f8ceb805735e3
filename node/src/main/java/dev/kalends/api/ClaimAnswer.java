package dev.kalends.api;

import io.avaje.jsonb.Json;
import java.util.List;

/** Granted attempts; {@code ttlMs} is what is left of the leases at least, from the moment the claim was sent. */
@Json
public record ClaimAnswer(List<Grant> grants, long ttlMs) {}
