package dev.kalends.api;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of the leases.
 *
 * @param lost run ids whose lease is gone: stop at once, a report would be refused
 * @param cancel run ids that should be stopped politely
 * @param unanswered run ids whose leader did not answer: neither renewed nor lost, to be tried again soon; null = none
 */
@Json
public record RenewAnswer(
        List<String> lost,
        List<String> cancel,
        long ttlMs,
        @Nullable List<String> unanswered) {}
