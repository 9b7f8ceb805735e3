package dev.kalends.runtime;

import dev.kalends.journal.Batch;
import dev.kalends.journal.Change;
import dev.kalends.journal.Head;
import dev.kalends.journal.Journal.Entry;
import dev.kalends.journal.JournalException;
import dev.kalends.journal.Store;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Brings a partition's store up to what others wrote, while this node does not lead it: so that it can lead it at once.
 *
 * <p>Entries that have come together are applied together: of each key only the last change counts. What is due within
 * a day is copied into the agenda here as well, and old history removed, both local to the store. Owned by the
 * partition's thread.
 */
final class Follower {
    /** Changes after which what has come is applied. */
    static final int CHANGES_MAX = 8_192;

    private static final int ENTRIES_MAX = 1_024;
    private static final int CASCADE_ROWS = 20_000;
    private static final int PRUNE_MAX = 2_000;

    private final LoopParts parts;
    private final Applied applied;
    /** How far the record was known to go when this replica began. */
    private final long endAtBegin;

    private long nextChoresNs;
    private boolean more;
    private volatile long behind;
    private volatile boolean current;

    Follower(LoopParts parts, Applied applied) {
        this.parts = parts;
        this.applied = applied;
        this.endAtBegin = parts.journal().end();
        this.nextChoresNs = parts.monotonic().nowNs();
        measure();
    }

    /** Applies what is known now, a bounded amount; false when there is nothing. */
    boolean apply() {
        boolean worked = applyNext();
        measure();
        return worked;
    }

    private void measure() {
        behind = Math.max(0, parts.journal().end() - applied.position());
        current |= behind == 0 || applied.position() >= endAtBegin;
    }

    /** How far the record is known to go on beyond what is applied, in positions; from any thread. */
    long behind() {
        return behind;
    }

    /** Whether it has come to where the record ended when it began, or was at its end since; from any thread. */
    boolean isCurrent() {
        return current;
    }

    private boolean applyNext() {
        Optional<Entry> entry = parts.journal().next();
        if (entry.isEmpty()) {
            return false;
        }
        Map<Object, Change> changeByKey = new LinkedHashMap<>();
        Batch last = entry.get().batch();
        long position = entry.get().position();
        long decidedThroughMs = -1;
        for (int taken = 1; entry.isPresent(); taken++) {
            last = entry.get().batch();
            position = entry.get().position();
            decidedThroughMs = Math.max(decidedThroughMs, last.decidedThroughMs());
            for (Change change : last.changes()) {
                if (change instanceof Change.PutHead put) {
                    checkLevel(put.head());
                }
                // The order of the last changes, not of the first: a job's removal comes after what it removes.
                changeByKey.remove(change.key());
                changeByKey.put(change.key(), change);
            }
            boolean full = taken == ENTRIES_MAX || changeByKey.size() >= CHANGES_MAX;
            entry = full ? Optional.empty() : parts.journal().next();
        }
        Batch batch = new Batch(
                parts.partition(), last.epoch(), last.writtenMs(), decidedThroughMs, List.copyOf(changeByKey.values()));
        apply(batch, position);
        // What a replica applies that has just begun happened long ago: others have told of it.
        if (current) {
            parts.events().add(Event.of(batch));
        }
        return true;
    }

    /** Throws {@link JournalException} when what was written may be more than this build can read. */
    static void checkLevel(Head head) {
        // What a restore writes can be read; it is whole once another head follows.
        if (head.featureLevel() > Head.FEATURE_LEVEL && head.featureLevel() != Head.UNFINISHED) {
            throw new JournalException(
                    "the cluster was finalized for a newer version, whose records this one may not be"
                            + " able to read: start that version here; level=" + head.featureLevel() + " known="
                            + Head.FEATURE_LEVEL);
        }
    }

    /** Throws {@link JournalException} when all that was written is a part of what a restore was to write. */
    static void checkWhole(Head head) {
        if (head.featureLevel() == Head.UNFINISHED) {
            throw new JournalException("a restore into this cluster was not finished, so its journal is not whole: stop"
                    + " all nodes, delete the journal's topic and run kalends restore again; level=unfinished");
        }
    }

    /** Brings a store to a position. */
    static void apply(Store store, Batch batch, long position) {
        if (batch.decidedThroughMs() >= 0) {
            store.forgetDue(batch.decidedThroughMs());
        }
        store.apply(batch, position);
    }

    private void apply(Batch batch, long position) {
        apply(parts.store(), batch, position);
        applied.followed(position, batch.writtenMs());
    }

    /** What is done now and then; false when it is not yet time. */
    boolean chores(long nowMs, long nowNs) {
        if (nowNs - nextChoresNs < 0 && !more) {
            return false;
        }
        nextChoresNs = nowNs + PartitionLoop.ns(parts.settings().loadEveryMs());
        more = parts.store().cascade(nowMs, CASCADE_ROWS);
        long succeededBeforeMs = nowMs - parts.settings().succeededKeptMs();
        parts.store()
                .pruneHistory(
                        new Store.History(
                                succeededBeforeMs, nowMs - parts.settings().othersKeptMs()),
                        PRUNE_MAX);
        return more;
    }

    long idleNs(long nowNs) {
        return Math.max(0, nextChoresNs - nowNs);
    }
}
