package dev.kalends.api;

import io.avaje.jsonb.Json;
import java.util.List;

/**
 * What became of the leases.
 *
 * @param lost run ids whose lease is gone: stop at once, a report would be refused
 * @param cancel run ids that should be stopped politely
 */
@Json
public record RenewAnswer(List<String> lost, List<String> cancel, long ttlMs) {}
