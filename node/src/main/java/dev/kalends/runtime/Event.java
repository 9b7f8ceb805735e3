package dev.kalends.runtime;

import dev.kalends.journal.Batch;
import dev.kalends.journal.Change;
import java.util.ArrayList;
import java.util.List;

/**
 * Something that was committed, as readers of the event stream learn it.
 *
 * @param atMs wall clock of the decision
 * @param partition where it happened
 * @param what the change, or a word about the node
 */
public record Event(long atMs, int partition, What what) {
    /** What readers learn of a committed batch. */
    static List<Event> of(Batch done) {
        List<Event> events = new ArrayList<>();
        for (Change change : done.changes()) {
            if (change instanceof Change.PutSpec
                    || change instanceof Change.PutState
                    || change instanceof Change.PutRun
                    || change instanceof Change.AppendHistory) {
                events.add(new Event(done.writtenMs(), done.partition(), new What.Changed(change)));
            }
        }
        return events;
    }

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
