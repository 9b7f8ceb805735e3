package dev.kalends.sim;

import dev.kalends.journal.Batch;
import dev.kalends.journal.Change;
import dev.kalends.journal.Journal.Entry;
import dev.kalends.memory.MemoryStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * What is really in a partition's record, as a broker keeps it: who began last writes, a transaction lands whole or not
 * at all, and what is old is thinned out to the last change of each key. All that was committed is applied to a store
 * of its own, which is the truth that replicas are held against.
 */
final class SharedRecord {
    /** How long a removal stays in a record that is thinned out. */
    static final long REMOVALS_KEPT_MS = 60_000;

    private static final int THINNED_MAX = 50;
    private static final int LEFT_ALONE = 20;

    /** A change that thinning has left, and where it stands. */
    private record Left(long position, long writtenAtMs, Change change) {}

    private record Written(Entry entry, long atMs) {}

    private final int partition;
    private final Timeline timeline;
    private final PlantedBug bug;
    private final MemoryStore truth;
    private final TreeMap<Long, Written> writtenByPosition = new TreeMap<>();
    private final Map<Object, Left> leftByKey = new LinkedHashMap<>();
    private final TreeMap<Long, Entry> refusedByPosition = new TreeMap<>();
    private final Map<String, Runnable> readerByNode = new LinkedHashMap<>();
    private long thinnedTo;
    private long end;
    private long terms;
    private long epoch;

    SharedRecord(int partition, Timeline timeline, PlantedBug bug) {
        this.partition = partition;
        this.timeline = timeline;
        this.bug = bug;
        this.truth = new MemoryStore(partition);
    }

    /** What is committed. */
    MemoryStore truth() {
        return truth;
    }

    long end() {
        return end;
    }

    /** Has a node told of each entry that is written; the last one given counts. */
    void whenWritten(String node, Runnable reader) {
        readerByNode.put(node, reader);
    }

    /** Shuts out whoever wrote so far; the result names the new term. */
    long shutOut() {
        return ++terms;
    }

    /** Writes the barrier of a term; empty when a later one has begun. */
    OptionalLong barrier(long term) {
        if (term != terms) {
            return OptionalLong.empty();
        }
        epoch = end + 2;
        return OptionalLong.of(write(new Batch(partition, epoch, 0, List.of()), epoch));
    }

    /** Where a batch would stand if it were written next. */
    long placeFor(Batch batch) {
        return end + batch.changes().size() + 2;
    }

    /** Writes a batch of a term; empty when a later one has begun. */
    OptionalLong append(long term, Batch batch, long position) {
        if (term != terms && bug != PlantedBug.OLD_WRITER_NOT_SHUT_OUT) {
            refusedByPosition.put(end + 1, new Entry(batch, end + 1));
            return OptionalLong.empty();
        }
        if (batch.epoch() != epoch) {
            throw new Violation(
                    Invariant.ONE_WRITER_PER_PARTITION,
                    "a batch of another term is in the record; partition=" + partition + " epoch=" + batch.epoch()
                            + " barrier=" + epoch);
        }
        return position <= end ? OptionalLong.empty() : OptionalLong.of(write(batch, position));
    }

    private long write(Batch batch, long position) {
        if (position <= end) {
            throw new Violation(Invariant.ONE_WRITER_PER_PARTITION, "positions do not rise; position=" + position);
        }
        end = position;
        writtenByPosition.put(position, new Written(new Entry(batch, position), timeline.elapsedMs()));
        if (batch.decidedThroughMs() >= 0) {
            truth.forgetDue(batch.decidedThroughMs());
        }
        truth.apply(batch, position);
        readerByNode.values().forEach(Runnable::run);
        return position;
    }

    /** The entry after a position, of those up to another. */
    Optional<Entry> after(long position, long upTo) {
        if (bug == PlantedBug.REFUSED_BATCH_APPLIED) {
            Map.Entry<Long, Entry> refused = refusedByPosition.higherEntry(position);
            Map.Entry<Long, Written> next = writtenByPosition.higherEntry(position);
            if (refused != null && refused.getKey() <= upTo && (next == null || refused.getKey() < next.getKey())) {
                return Optional.of(refused.getValue());
            }
        }
        if (position < thinnedTo) {
            return thinnedTo <= upTo ? Optional.of(thinned(position)) : Optional.empty();
        }
        return Optional.ofNullable(writtenByPosition.higherEntry(position))
                .filter(next -> next.getKey() <= upTo)
                .map(next -> next.getValue().entry());
    }

    private Entry thinned(long position) {
        List<Change> changes = new ArrayList<>();
        for (Left left : leftByKey.values()) {
            if (left.position() > position) {
                // A batch is not cut in two: its changes stand at one position.
                if (changes.size() >= THINNED_MAX && left.position() > last(changes, position)) {
                    return new Entry(new Batch(partition, epoch, 0, changes), last(changes, position));
                }
                changes.add(left.change());
            }
        }
        return new Entry(new Batch(partition, epoch, 0, changes), thinnedTo);
    }

    private long last(List<Change> changes, long otherwise) {
        Left left = changes.isEmpty() ? null : leftByKey.get(changes.getLast().key());
        return left == null ? otherwise : left.position();
    }

    /** Thins out all but the newest entries. */
    void thin() {
        while (writtenByPosition.size() > LEFT_ALONE) {
            Written oldest = writtenByPosition.pollFirstEntry().getValue();
            thinnedTo = oldest.entry().position();
            for (Change change : oldest.entry().batch().changes()) {
                // In the order of the last changes, which is that of positions.
                leftByKey.remove(change.key());
                leftByKey.put(change.key(), new Left(thinnedTo, oldest.atMs(), change));
            }
        }
        long beforeMs = timeline.elapsedMs() - REMOVALS_KEPT_MS;
        leftByKey.values().removeIf(left -> left.writtenAtMs() < beforeMs && removes(left.change()));
    }

    /** Whether nothing is left of a key after a change. */
    static boolean removes(Change change) {
        return change instanceof Change.RemoveRun
                || change instanceof Change.RemoveLedger
                || change instanceof Change.RemoveDead
                || change instanceof Change.RemoveSubmitKey
                || change instanceof Change.RemoveRequest
                || change instanceof Change.RemovePause
                || change instanceof Change.RemoveBackfill
                || change instanceof Change.RemoveJob;
    }
}
