package dev.kalends.client;

import java.util.Optional;

/**
 * Which events to read.
 *
 * @param from the cursor of the last event seen; empty = from now
 * @param job a name or an id
 * @param follow whether to wait for more after the last one
 */
public record EventQuery(Optional<String> from, Optional<String> job, Flag follow) {
    Target target() {
        return Target.of("/v1/events").query("from", from).query("job", job).flag("follow", follow);
    }
}
