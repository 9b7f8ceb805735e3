package dev.kalends.journal;

import java.util.function.Consumer;

/**
 * The journal of a node that has its state to itself: it only numbers the batches, because the {@link Store} that
 * applies them keeps them durably. A batch counts as written when its apply returned.
 *
 * <p>After an apply that failed, the position that was given for it is void: whoever reloads makes a new journal from
 * the store's position.
 */
public final class EmbeddedJournal implements Journal {
    private long position;
    private boolean closed;

    /**
     * A journal that goes on after a position.
     *
     * @param startPosition the store's position, 0 for an empty one
     */
    public EmbeddedJournal(long startPosition) {
        if (startPosition < 0) {
            throw new IllegalArgumentException("a position is not negative; position=" + startPosition);
        }
        position = startPosition;
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
    public void close() {
        closed = true;
    }
}
