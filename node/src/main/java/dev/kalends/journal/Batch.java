package dev.kalends.journal;

import java.util.List;

/**
 * The changes of one commit: all land, or none.
 *
 * @param epoch the writer's leadership epoch
 * @param writtenMs wall clock of the leader
 * @param decidedThroughMs what came due at or before this and stood in the agenda before this batch is decided, by it
 *     or before: {@link Store#forgetDue}; -1 = nothing new is known
 * @param changes at most one per key
 */
public record Batch(int partition, long epoch, long writtenMs, long decidedThroughMs, List<Change> changes) {
    public Batch {
        changes = List.copyOf(changes);
    }

    /** A batch that says nothing of the agenda. */
    public Batch(int partition, long epoch, long writtenMs, List<Change> changes) {
        this(partition, epoch, writtenMs, -1, changes);
    }
}
