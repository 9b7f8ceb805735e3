package dev.kalends.api;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many fires come when. {@code repeating} and {@code once} hold one number for each step from {@code from} on:
 * fires of jobs that repeat and of one-offs. {@code typical} is the median of a step; {@code walls} are the highest of
 * the {@code wallCount} stretches that hold several times as much. {@code pauses} hold all of it back, or a tenant's
 * part. {@code estimated} one-offs were not counted: a part of the jobs stands for them.
 */
@Json
public record ForecastView(
        String asOf,
        @Nullable String tenant,
        String from,
        String until,
        long stepMs,
        long repeatingJobs,
        long pausedJobs,
        long estimated,
        long fires,
        long typical,
        @Nullable Peak peak,
        int wallCount,
        List<Wall> walls,
        List<Long> repeating,
        List<Long> once,
        long tookMs,
        List<PauseView> pauses) {

    /** The fullest step. */
    @Json
    public record Peak(String at, long fires) {}

    /** A step that towers above the others: who fires in it, the most first, and the splay that would flatten it. */
    @Json
    public record Wall(
            String at,
            long fires,
            long once,
            List<Share> schedules,
            @Nullable Splay splay) {}

    /** What jobs of one schedule have of a wall. */
    @Json
    public record Share(ScheduleView schedule, long splayMs, long jobs, long fires) {}

    /** A splay for so many jobs; {@code peak} is the fullest step there once they have it. */
    @Json
    public record Splay(long splayMs, long jobs, long peak) {}
}
