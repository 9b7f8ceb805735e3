package dev.kalends.journal;

import java.util.function.Consumer;

/**
 * A partition's durable, ordered record of state changes.
 *
 * <p>Owned by the partition's thread. The outcome of an append arrives through the callback, at once or later, on any
 * thread; anything but {@link Outcome.Committed} means: drop what is in memory, step down, reload.
 */
public interface Journal extends AutoCloseable {
    /**
     * Takes a batch and returns at once; the callback is called exactly once. Outcomes come in the order of the
     * appends; after one that is not {@link Outcome.Committed}, none is.
     */
    void append(Batch batch, Consumer<Outcome> whenDone);

    /** Stops; an append after that is {@link Outcome.NotWritten}. */
    @Override
    void close();

    /** What became of an append. */
    sealed interface Outcome {
        /** It is in the record at this position, and every earlier append is too. */
        record Committed(long position) implements Outcome {}

        /** It certainly is not in the record. */
        record NotWritten(String why) implements Outcome {}

        /** Another leader writes now, or the outcome is in doubt. */
        record LeadershipLost(String why) implements Outcome {}

        /** The journal cannot go on. */
        record Broken(String why) implements Outcome {}
    }
}
