package dev.kalends.runtime;

import dev.kalends.journal.Change;

/**
 * Something that was committed, as readers of the event stream learn it.
 *
 * @param atMs wall clock of the decision
 * @param partition where it happened
 * @param what the change, or a word about the node
 */
public record Event(long atMs, int partition, What what) {
    /** What an event is about. */
    public sealed interface What {
        /** A job was made or a run changed; only PutSpec, PutState, PutRun and AppendHistory come here. */
        record Changed(Change change) implements What {}

        /** A late or stale report was refused. */
        record ReportRejected(String run, String worker, String why) implements What {}

        /** Something about the node: a clock jump, a lost lease of leadership. */
        record Notice(String type, String detail) implements What {}
    }
}
