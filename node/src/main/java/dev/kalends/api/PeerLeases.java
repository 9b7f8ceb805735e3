package dev.kalends.api;

import io.avaje.jsonb.Json;
import java.util.List;

/**
 * Leases of runs, asked and answered: the question has no rests.
 *
 * @param tokens which leases
 * @param leftMs what is left of each, in the same order; -1 = there is no such lease
 */
@Json
public record PeerLeases(List<Long> tokens, List<Long> leftMs) {
    /** Leases in one question. */
    public static final int TOKENS_MAX = 10_000;
}
