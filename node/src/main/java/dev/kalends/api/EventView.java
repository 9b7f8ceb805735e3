package dev.kalends.api;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * One line of the event stream.
 *
 * @param cursor where to go on after this event
 * @param type job.created, job.changed, run.ready, run.running, run.retrying, run.succeeded, run.dead, run.cancelled,
 *     run.skipped, run.missed, run.rejected_report, node.clock_jump, stream.gap (events before the oldest kept one are
 *     lost: list again), stream.idle
 */
@Json
public record EventView(
        String cursor,
        String at,
        String type,
        @Nullable String tenant,
        @Nullable String jobId,
        @Nullable String jobName,
        @Nullable String run,
        @Nullable Integer attempt,
        @Nullable Long skewMs,
        @Nullable String worker,
        @Nullable String detail) {}
