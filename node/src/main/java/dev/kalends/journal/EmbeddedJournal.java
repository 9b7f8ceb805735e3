package dev.kalends.journal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The journal of a node that has its state to itself: it only numbers the batches, because the {@link Store} that
 * applies them keeps them durably. A batch counts as written when its apply returned.
 *
 * <p>After an apply that failed, the position that was given for it is void; {@link #follow} goes back to the store's.
 */
public final class EmbeddedJournal implements Journal {
    private final int partition;
    private final Deque<Entry> entries = new ArrayDeque<>();
    private long position;
    private boolean closed;

    /**
     * A journal that goes on after a position.
     *
     * @param startPosition the store's position, 0 for an empty one
     */
    public EmbeddedJournal(int partition, long startPosition) {
        if (startPosition < 0) {
            throw new IllegalArgumentException("a position is not negative; position=" + startPosition);
        }
        this.partition = partition;
        position = startPosition;
    }

    @Override
    public void begin(Consumer<Outcome> whenDone) {
        if (closed) {
            whenDone.accept(new Outcome.NotWritten("the journal is closed; partition=" + partition));
            return;
        }
        position++;
        entries.add(new Entry(new Batch(partition, position, 0, List.of()), position));
        whenDone.accept(new Outcome.Committed(position));
    }

    @Override
    public void append(Batch batch, Consumer<Outcome> whenDone) {
        if (closed) {
            whenDone.accept(new Outcome.NotWritten("the journal is closed; partition=" + batch.partition()));
            return;
        }
        position++;
        whenDone.accept(new Outcome.Committed(position));
    }

    @Override
    public Optional<Entry> next() {
        return Optional.ofNullable(entries.poll());
    }

    @Override
    public void follow(long storePosition) {
        entries.clear();
        position = storePosition;
    }

    @Override
    public long end() {
        return position;
    }

    /** Nobody else writes. */
    @Override
    public void whenMore(Runnable hint) {}

    @Override
    public void close() {
        closed = true;
    }
}
