package dev.kalends.api;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a rehearsal showed.
 *
 * @param until when it ended, exclusive
 * @param cut whether it ended early, because there was more to decide than one rehearsal may
 * @param slots executions at a time
 * @param busiest the second with most starts; null when nothing started
 */
@Json
public record SimulateAnswer(
        String from,
        String until,
        boolean cut,
        int slots,
        List<SimulateRequest.Outage> outages,
        List<String> leaderKills,
        List<Job> jobs,
        Counts total,
        @Nullable Busiest busiest) {

    /**
     * What became of one job.
     *
     * @param id null for a draft
     * @param schedule {@code once}, {@code every}, {@code cron} or {@code manual}
     * @param takesMs how long each run took
     * @param verdicts what its nominal instants came to, in stretches; at most 100
     */
    @Json
    public record Job(
            @Nullable String id,
            @Nullable String name,
            String tenant,
            String schedule,
            String catchUp,
            String overlap,
            long takesMs,
            Counts counts,
            List<Verdict> verdicts) {}

    /**
     * Starts, and what nominal instants came to.
     *
     * @param started runs that fired while a node served
     * @param caughtUp runs that came due while none did, or while they were held back
     * @param onRequest manual runs and backfills
     * @param retries attempts after a first one
     * @param open runs that are still open at the end
     */
    @Json
    public record Counts(
            Starts started,
            Starts caughtUp,
            Starts onRequest,
            long retries,
            long succeeded,
            long dead,
            long cancelled,
            long skipped,
            long missed,
            long open) {}

    /** Starts of runs; without any, the instants are null. */
    @Json
    public record Starts(
            long count, @Nullable String firstAt, @Nullable String lastAt, long worstLateMs) {}

    /** One verdict over a stretch of nominal instants. */
    @Json
    public record Verdict(
            String from,
            String to,
            long count,
            String verdict,
            @Nullable String reason) {}

    /** A second, from an instant on. */
    @Json
    public record Busiest(String from, int starts) {}
}
