package dev.kalends.journal;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * A partition's durable, ordered record of state changes.
 *
 * <p>Whoever has a journal either <em>follows</em> it, taking what others wrote by {@link #next}, or writes it for a
 * <em>term</em>:
 *
 * <pre>
 *   following --begin--> shutting others out --Committed(barrier)--> next() up to the barrier, then append()
 *       ^                        |                                         |
 *       +--------follow----------+------- any other outcome, or the end ---+
 * </pre>
 *
 * <p>Owned by the partition's thread. The outcome of a begin or an append arrives through the callback, at once or
 * later, on any thread; anything but {@link Outcome.Committed} means: drop what is in memory, {@link #follow}, begin
 * again. Positions rise; they are not dense.
 */
public interface Journal extends AutoCloseable {
    /**
     * Begins a term: no earlier writer's batch can land from now on. The outcome is {@link Outcome.Committed} with the
     * position of a barrier, which is an entry without changes: all that was ever committed lies before it, and
     * {@link #next} gives it. The barrier's position is the term's epoch.
     */
    void begin(Consumer<Outcome> whenDone);

    /**
     * Takes a batch and returns at once; the callback is called exactly once. Only in a term, after everything up to
     * its barrier was taken. Outcomes come in the order of the appends; after one that is not
     * {@link Outcome.Committed}, none is.
     */
    void append(Batch batch, Consumer<Outcome> whenDone);

    /**
     * How long to rest after a write, in nanoseconds, so that more goes into the next one: of a record whose writes
     * cost the same whatever is in them.
     *
     * @param tookNs how long the write took
     */
    default long restNs(long tookNs) {
        return 0;
    }

    /**
     * Takes the next entry that is not known here yet; empty while there is none at this moment. Never blocks. Batches
     * that were appended here in this term are not given.
     *
     * @throws JournalException when the record does not go on where this node's copy of it ends
     */
    Optional<Entry> next();

    /** Ends the term, if there is one, and goes on with the entries after a position: the store's. */
    void follow(long position);

    /** The highest position known to be in the record; how far a follower is behind. */
    long end();

    /** Has a hint given whenever {@link #next} may have more; it is called on foreign threads and must not block. */
    void whenMore(Runnable hint);

    /** Stops; an append after that is {@link Outcome.NotWritten}. */
    @Override
    void close();

    /** A batch in the record. A barrier, or a part of the record that compaction has thinned out, has no changes. */
    record Entry(Batch batch, long position) {}

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
