package dev.kalends.testing;

import dev.kalends.journal.Batch;
import dev.kalends.journal.Journal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * A {@link Journal} whose outcomes are scripted. Without a script it commits at once. For one thread.
 *
 * <p>The {@link #record} is what is really in the journal, also where the writer was not told so: what a new leader
 * would read.
 */
public final class FakeJournal implements Journal {
    /** What becomes of an append. */
    public enum Fate {
        COMMITTED,
        /** It is not in the record, and the writer knows. */
        NOT_WRITTEN,
        /** Another leader came before it: it is not in the record. */
        LOST,
        /** The answer was lost: it is in the record, and the writer does not know. */
        LOST_BUT_WRITTEN,
        BROKEN
    }

    /** A batch in the record. */
    public record Written(long position, Batch batch) {}

    private record Append(Batch batch, Consumer<Outcome> whenDone) {}

    private final Deque<Fate> script = new ArrayDeque<>();
    private final Deque<Append> held = new ArrayDeque<>();
    private final List<Written> written = new ArrayList<>();
    private long position;
    private boolean holding;
    private boolean ended;

    public FakeJournal(long startPosition) {
        position = startPosition;
    }

    /** Says what becomes of the next appends that are settled, in order. */
    public void script(Fate... fates) {
        script.addAll(List.of(fates));
    }

    /** From now on appends wait for {@link #settle}. */
    public void hold() {
        holding = true;
    }

    /** Gives the oldest waiting appends their outcomes; returns how many there were. */
    public int settle(int atMost) {
        int settled = 0;
        while (settled < atMost && !held.isEmpty()) {
            decide(held.removeFirst());
            settled++;
        }
        return settled;
    }

    /** Settles everything and goes back to answering at once. */
    public void resume() {
        holding = false;
        settle(Integer.MAX_VALUE);
    }

    /** Appends that wait for an outcome. */
    public int waiting() {
        return held.size();
    }

    /** What is in the record. */
    public List<Written> record() {
        return List.copyOf(written);
    }

    @Override
    public void append(Batch batch, Consumer<Outcome> whenDone) {
        Append append = new Append(batch, whenDone);
        if (holding) {
            held.addLast(append);
        } else {
            decide(append);
        }
    }

    @Override
    public void close() {
        ended = true;
    }

    private void decide(Append append) {
        if (ended) {
            append.whenDone().accept(new Outcome.NotWritten("the journal has ended; position=" + position));
            return;
        }
        Fate fate = script.isEmpty() ? Fate.COMMITTED : script.removeFirst();
        ended = fate != Fate.COMMITTED;
        append.whenDone()
                .accept(
                        switch (fate) {
                            case COMMITTED -> new Outcome.Committed(write(append.batch()));
                            case NOT_WRITTEN -> new Outcome.NotWritten("scripted; position=" + position);
                            case LOST -> new Outcome.LeadershipLost("scripted; position=" + position);
                            case LOST_BUT_WRITTEN ->
                                new Outcome.LeadershipLost("in doubt; position=" + write(append.batch()));
                            case BROKEN -> new Outcome.Broken("scripted; position=" + position);
                        });
    }

    private long write(Batch batch) {
        position++;
        written.add(new Written(position, batch));
        return position;
    }
}
