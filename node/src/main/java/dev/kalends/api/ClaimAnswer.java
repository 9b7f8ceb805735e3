package dev.kalends.api;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Granted attempts.
 *
 * @param ttlMs what is left of the leases at least, from the moment the claim was sent
 * @param doubted leases in this worker's name that nothing has been heard of: those that it does not hold it disowns
 *     with its next heartbeat; null = none
 */
@Json
public record ClaimAnswer(
        List<Grant> grants, long ttlMs, @Nullable List<LeaseName> doubted) {}
