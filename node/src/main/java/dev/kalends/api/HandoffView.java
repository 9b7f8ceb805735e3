package dev.kalends.api;

import io.avaje.jsonb.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What happened during a shift, as history has it.
 *
 * @param runs runs that ended, by state
 * @param complete false when there was more history than was read: the oldest part of the stretch is missing
 */
@Json
public record HandoffView(
        String asOf,
        String since,
        Map<String, Long> runs,
        List<Failure> failures,
        Late late,
        List<Omission> omitted,
        boolean complete) {

    /**
     * Runs that used up their attempts, of one fingerprint.
     *
     * @param stillDead dead letters that wait for somebody
     * @param redriven reopened since, whatever became of them
     * @param recovered of those, the ones that have succeeded
     */
    @Json
    public record Failure(
            String fingerprint,
            String error,
            List<String> jobs,
            long count,
            long stillDead,
            long redriven,
            long recovered,
            String firstAt,
            String lastAt) {}

    /** Runs that started later than was promised; the worst of them, null for none. */
    @Json
    public record Late(
            long sloMs,
            long count,
            long worstMs,
            @Nullable String worstRun,
            @Nullable String worstJob) {}

    /** Fires without an execution, by what became of them and why. */
    @Json
    public record Omission(String state, String reason, long count, List<String> jobs) {}
}
