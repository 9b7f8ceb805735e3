package dev.kalends.client;

import java.util.Optional;

/**
 * Which dead letters to list.
 *
 * @param job a glob
 * @param error a regular expression
 * @param since a duration or an instant
 * @param limit items in a page; 0 = the node's default
 * @param after the cursor of the page before
 */
public record DeadQuery(
        Optional<String> fingerprint,
        Optional<String> job,
        Optional<String> error,
        Optional<String> since,
        int limit,
        Optional<String> after) {
    /** All dead letters, the first page. */
    public static final DeadQuery ALL =
            new DeadQuery(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), 0, Optional.empty());

    Target target() {
        Target target = Target.of("/v1/dead")
                .query("fingerprint", fingerprint)
                .query("job", job)
                .query("error", error)
                .query("since", since)
                .query("after", after);
        return limit > 0 ? target.query("limit", Integer.toString(limit)) : target;
    }
}
