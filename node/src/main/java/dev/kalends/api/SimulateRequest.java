package dev.kalends.api;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to rehearse, and what goes wrong meanwhile. Instants are RFC 3339, or a duration from now.
 *
 * @param jobs names, ids or name patterns; absent = all of the tenant, unless drafts are given
 * @param labels {@code K=V}, all of which a job must have
 * @param drafts jobs that do not exist yet, as in a submit
 * @param outages stretches in which no node serves
 * @param leaderKills instants at which leadership is lost
 * @param span how long, as a duration; absent = an hour beyond the last fault, or a day without any
 * @param takes how long a run takes whose job has not run yet, as a duration
 * @param slots executions at a time; absent = those of the workers that are known
 */
@Json
public record SimulateRequest(
        @Nullable List<String> jobs,
        @Nullable List<String> labels,
        @Nullable List<JobRequest> drafts,
        @Nullable List<Outage> outages,
        @Nullable List<String> leaderKills,
        @Nullable String span,
        @Nullable String takes,
        @Nullable Integer slots) {
    /** A stretch; it ends before {@code to}. */
    @Json
    public record Outage(String from, String to) {}
}
