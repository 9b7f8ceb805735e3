package dev.kalends.server;

import dev.kalends.partition.Draft;
import java.util.List;

/** Finds fires of a new job that a clock change of the next year touches, so that its sender is told in time. */
final class ClockChanges {
    private ClockChanges() {}

    static List<String> within(Draft draft, long nowMs) {
        return List.of();
    }
}
