package dev.kalends.api;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * How a redrive with a canary goes.
 *
 * @param state running, done or stopped
 * @param phase first, ten or all
 * @param reopened given another series of attempts so far
 * @param succeeded of those
 * @param died of those, again
 * @param left not reopened: what still waits, or what stays dead once it has stopped
 * @param run the run that stopped it
 * @param reason why it stopped
 */
@Json
public record RedriveView(
        String id,
        String state,
        String phase,
        long count,
        long reopened,
        long succeeded,
        long died,
        long left,
        @Nullable String run,
        @Nullable String reason) {}
