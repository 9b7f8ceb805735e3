package dev.kalends.api;

import io.avaje.jsonb.Json;
import java.util.List;

/**
 * A worker asks for work.
 *
 * @param protocol version of the worker protocol, now {@value #PROTOCOL}
 * @param worker id, unique for the worker process's life
 * @param free slots that can be filled now; 0 = the worker leaves, and wants only what it has been granted already
 * @param slots slots in all
 * @param waitMs how long the node may park the claim
 */
@Json
public record ClaimRequest(
        int protocol,
        String worker,
        List<String> queues,
        int free,
        int slots,
        long waitMs,
        String version,
        String isolation) {
    /** The version that this build speaks. */
    public static final int PROTOCOL = 1;
    /** Longest park, in milliseconds. */
    public static final long WAIT_MAX_MS = 30_000;
    /** Most grants in one answer. */
    public static final int FREE_MAX = 4096;
}
