package dev.kalends.kafka;

import dev.kalends.journal.Batch;
import dev.kalends.journal.Change;
import dev.kalends.journal.Journal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Puts the records of a partition together into entries: everything up to the end of a batch is one.
 *
 * <p>Where compaction was, the ends of most batches are gone, and what is left of them runs together: such a stretch is
 * given in pieces, because it may be the whole partition. A batch that is still whole is not cut.
 */
final class EntryAssembler {
    /** Changes in one piece of a stretch that was thinned out. */
    static final int THINNED_CHANGES_MAX = 8_192;
    /** Changes in any entry: above what one batch has. */
    static final int CHANGES_MAX = 65_536;
    /** Bytes in any entry. */
    static final long BYTES_MAX = 64L * 1024 * 1024;

    private final int partition;
    private final long start;
    private final Consumer<Fed> entries;
    // Two changes of one key can meet in a stretch that is compacted while it is read: the last one counts.
    private final Map<Object, Change> changeByKey = new LinkedHashMap<>();
    private long bytes;
    private long lastOffset = -1;
    private boolean thinned;
    private long epoch;
    private long writtenMs;
    private long nextHistory;
    private long decidedThroughMs = -1;

    /**
     * An assembler of what comes after a position. It may be given the record before it too, which says the number of
     * the next line of history.
     */
    EntryAssembler(int partition, long start, Consumer<Fed> entries) {
        this.partition = partition;
        this.start = start;
        this.entries = entries;
        this.nextHistory = start == 0 ? 0 : -1;
    }

    /** Takes the next record; throws {@link dev.kalends.journal.StoreException} when it cannot be read. */
    void accept(long offset, byte[] key, byte @Nullable [] value) {
        JournalRecords.Content content = JournalRecords.read(key, value);
        if (offset < start) {
            if (content instanceof JournalRecords.Content.Ended ended) {
                learn(ended.end());
                decidedThroughMs = -1; // that was applied
            }
            return;
        }
        bytes += key.length + (value == null ? 0 : value.length);
        switch (content) {
            case JournalRecords.Content.Changed changed -> change(offset, changed.change());
            case JournalRecords.Content.Nothing _ -> {}
            case JournalRecords.Content.Ended ended -> {
                learn(ended.end());
                emit(offset + 1);
            }
            case JournalRecords.Content.Barrier barrier -> {
                if (!changeByKey.isEmpty()) {
                    emit(lastOffset + 1);
                }
                epoch = offset + 1;
                writtenMs = barrier.end().writtenMs();
                emit(offset + 1);
            }
        }
        lastOffset = offset;
    }

    private void learn(BatchEnd end) {
        epoch = end.epoch();
        writtenMs = end.writtenMs();
        nextHistory = end.nextHistory();
        decidedThroughMs = end.decidedThroughMs();
    }

    private void change(long offset, Change change) {
        thinned |= !changeByKey.isEmpty() && offset != lastOffset + 1;
        changeByKey.remove(change.key());
        changeByKey.put(change.key(), change);
        int most = thinned ? THINNED_CHANGES_MAX : CHANGES_MAX;
        if (changeByKey.size() >= most || bytes >= BYTES_MAX) {
            emit(offset + 1);
        }
    }

    private void emit(long position) {
        List<Change> changes = new ArrayList<>(changeByKey.values());
        Batch batch = new Batch(partition, epoch, writtenMs, decidedThroughMs, changes);
        decidedThroughMs = -1;
        entries.accept(new Fed(new Journal.Entry(batch, position), nextHistory, bytes));
        changeByKey.clear();
        bytes = 0;
        thinned = false;
    }
}
