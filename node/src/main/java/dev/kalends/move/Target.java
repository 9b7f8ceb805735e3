package dev.kalends.move;

import dev.kalends.job.JobId;
import dev.kalends.journal.Batch;
import dev.kalends.journal.Change;
import dev.kalends.journal.Codec;
import dev.kalends.journal.Head;
import dev.kalends.journal.Store;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/** A partition that is filled, in batches of bounded size, with the next free number of each of its day slots. */
final class Target {
    private static final int CHANGES_MAX = 4_096;
    private static final long SPEC_BYTES_MAX = 8L * 1024 * 1024;

    private final int partition;
    private final Store store;
    private final Head head;
    private final long nowMs;
    private final LongConsumer written;
    private final Map<Integer, Long> sequenceByDay = new HashMap<>();
    private final List<Change> waiting = new ArrayList<>();
    private long specBytes;
    private long position;

    /** What all targets of a move share. */
    record Shared(Head head, long nowMs, LongConsumer written) {}

    /**
     * Fills an empty store.
     *
     * @param before positions go on after this one
     */
    Target(int partition, Store store, long before, Shared shared) {
        this.partition = partition;
        this.store = store;
        this.position = before;
        this.head = shared.head();
        this.nowMs = shared.nowMs();
        this.written = shared.written();
    }

    /** The next id in the day slot of an old one. */
    JobId idLike(JobId old) {
        long sequence = sequenceByDay.merge(old.day(), head.firstSequence() + 1, (next, _) -> next + 1) - 1;
        return JobId.of(partition, old.day(), sequence);
    }

    void put(Change change) {
        waiting.add(change);
        if (change instanceof Change.PutSpec) {
            specBytes += Codec.encode(change).length;
        }
        if (waiting.size() >= CHANGES_MAX || specBytes >= SPEC_BYTES_MAX) {
            flush();
        }
    }

    void flush() {
        if (!waiting.isEmpty()) {
            store.apply(new Batch(partition, head.epoch(), nowMs, waiting), ++position);
            written.accept(waiting.size());
            waiting.clear();
            specBytes = 0;
        }
    }

    /** Writes what is the partition's own: slots and head, then the counters, from what it holds now. */
    void finish() {
        sequenceByDay.forEach((day, next) -> put(new Change.PutSlot(day, next)));
        put(new Change.PutHead(head));
        flush();
        Count.of(store.reader()).forEach(counts -> put(new Change.PutCounts(counts)));
        flush();
    }
}
