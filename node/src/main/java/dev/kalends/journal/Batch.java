package dev.kalends.journal;

import java.util.List;

/**
 * The changes of one commit: all land, or none.
 *
 * @param epoch the writer's leadership epoch
 * @param writtenMs wall clock of the leader
 * @param changes at most one per key
 */
public record Batch(int partition, long epoch, long writtenMs, List<Change> changes) {
    public Batch {
        changes = List.copyOf(changes);
    }
}
