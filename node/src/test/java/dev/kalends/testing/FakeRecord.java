package dev.kalends.testing;

import dev.kalends.journal.Batch;
import dev.kalends.journal.Journal.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * What is really in a partition's record, as all its {@link FakeJournal}s see it: one of them writes, who began last.
 * Usable from any thread.
 */
public final class FakeRecord {
    private final List<Entry> entries = new ArrayList<>();
    private final List<Runnable> hints = new CopyOnWriteArrayList<>();
    private long position;
    private @Nullable FakeJournal writer;

    /** A record that goes on after a position. */
    public FakeRecord(long startPosition) {
        position = startPosition;
    }

    /** A node's side of it, which has everything up to a position. */
    public FakeJournal journal(long storePosition) {
        return new FakeJournal(this, storePosition);
    }

    /** Everything that was written. */
    public synchronized List<Entry> entries() {
        return List.copyOf(entries);
    }

    synchronized long begin(FakeJournal next, int partition) {
        writer = next;
        return write(new Batch(partition, 0, 0, List.of()));
    }

    synchronized boolean isWriter(FakeJournal journal) {
        return writer == journal;
    }

    synchronized void end(FakeJournal journal) {
        if (writer == journal) {
            writer = null;
        }
    }

    synchronized long write(Batch batch) {
        position++;
        entries.add(new Entry(batch, position));
        hints.forEach(Runnable::run);
        return position;
    }

    synchronized long end() {
        return position;
    }

    synchronized Optional<Entry> after(long taken) {
        return entries.stream().filter(entry -> entry.position() > taken).findFirst();
    }

    void whenMore(Runnable hint) {
        hints.add(hint);
    }
}
