package dev.kalends.client;

import java.util.Optional;

/**
 * Which runs to list.
 *
 * @param job a name, an id or a glob
 * @param since a duration or an instant
 * @param late only runs that started so much after they were due
 * @param limit items in a page; 0 = the node's default
 * @param after the cursor of the page before
 */
public record RunQuery(
        Optional<String> job,
        Optional<String> state,
        Optional<String> since,
        Optional<String> late,
        int limit,
        Optional<String> after) {
    /** All runs, the first page. */
    public static final RunQuery ALL =
            new RunQuery(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), 0, Optional.empty());

    Target target() {
        Target target = Target.of("/v1/runs")
                .query("job", job)
                .query("state", state)
                .query("since", since)
                .query("late", late)
                .query("after", after);
        return limit > 0 ? target.query("limit", Integer.toString(limit)) : target;
    }
}
