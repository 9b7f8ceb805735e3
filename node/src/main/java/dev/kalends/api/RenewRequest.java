package dev.kalends.api;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A worker's heartbeat for the leases it holds, at most {@value #HELD_MAX}.
 *
 * @param disowned leases that it was asked about, does not hold and will not take any more; null = none
 */
@Json
public record RenewRequest(
        int protocol,
        String worker,
        List<Held> held,
        @Nullable List<LeaseName> disowned) {
    /** Most leases in one heartbeat. */
    public static final int HELD_MAX = 10_000;

    /**
     * A lease that is still needed.
     *
     * @param startedAtMs when execution started, UTC milliseconds
     * @param outputOffset where {@code output} begins in the attempt's output
     * @param output new output since the last heartbeat, base64; null for none
     */
    @Json
    public record Held(
            String run,
            long token,
            @Nullable Long startedAtMs,
            long outputOffset,
            @Nullable String output) {}
}
