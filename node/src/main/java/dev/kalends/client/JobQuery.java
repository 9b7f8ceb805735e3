package dev.kalends.client;

import java.util.List;
import java.util.Optional;

/**
 * Which jobs to list.
 *
 * @param name a glob
 * @param labels {@code key=value} each; all must match
 * @param dueBefore RFC 3339
 * @param limit items in a page; 0 = the node's default
 * @param after the cursor of the page before
 */
public record JobQuery(
        Optional<String> name,
        Optional<String> state,
        List<String> labels,
        Optional<String> dueBefore,
        int limit,
        Optional<String> after) {
    /** All jobs, the first page. */
    public static final JobQuery ALL =
            new JobQuery(Optional.empty(), Optional.empty(), List.of(), Optional.empty(), 0, Optional.empty());

    public JobQuery {
        labels = List.copyOf(labels);
    }

    Target target() {
        Target target = Target.of("/v1/jobs")
                .query("name", name)
                .query("state", state)
                .query("dueBefore", dueBefore)
                .query("after", after);
        labels.forEach(label -> target.query("label", label));
        return limit > 0 ? target.query("limit", Integer.toString(limit)) : target;
    }
}
