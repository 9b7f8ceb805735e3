package dev.kalends.testing;

import dev.kalends.journal.Batch;
import dev.kalends.journal.Journal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A {@link Journal} whose outcomes are scripted. Without a script it commits at once. For one thread.
 *
 * <p>The {@link #record} is what is really in the journal, also where the writer was not told so: what a new leader
 * reads. Several journals may share one.
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

    private record Append(Batch batch, Consumer<Outcome> whenDone) {}

    private final FakeRecord record;
    private final Deque<Fate> script = new ArrayDeque<>();
    private final Deque<Append> held = new ArrayDeque<>();
    private long taken;
    private boolean holding;
    private boolean ended;
    private boolean closed;

    /** A journal with a record of its own. */
    public FakeJournal(long startPosition) {
        this(new FakeRecord(startPosition), startPosition);
    }

    FakeJournal(FakeRecord record, long storePosition) {
        this.record = record;
        this.taken = storePosition;
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

    /** What is in the record, barriers included. */
    public List<Entry> record() {
        return record.entries();
    }

    @Override
    public void begin(Consumer<Outcome> whenDone) {
        if (closed) {
            whenDone.accept(new Outcome.NotWritten("the journal is closed; position=" + taken));
            return;
        }
        ended = false;
        whenDone.accept(new Outcome.Committed(record.begin(this, Samples.PARTITION)));
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
    public Optional<Entry> next() {
        Optional<Entry> entry = record.after(taken);
        entry.ifPresent(found -> taken = found.position());
        return entry;
    }

    @Override
    public void follow(long position) {
        record.end(this);
        taken = position;
    }

    @Override
    public long end() {
        return record.end();
    }

    @Override
    public void whenMore(Runnable hint) {
        record.whenMore(hint);
    }

    @Override
    public void close() {
        closed = true;
        ended = true;
        record.end(this);
    }

    private void decide(Append append) {
        if (ended) {
            append.whenDone().accept(new Outcome.NotWritten("the term has ended; position=" + taken));
            return;
        }
        if (!record.isWriter(this)) {
            ended = true;
            append.whenDone().accept(new Outcome.LeadershipLost("another began; position=" + taken));
            return;
        }
        Fate fate = script.isEmpty() ? Fate.COMMITTED : script.removeFirst();
        ended = fate != Fate.COMMITTED;
        append.whenDone()
                .accept(
                        switch (fate) {
                            case COMMITTED -> {
                                taken = record.write(append.batch());
                                yield new Outcome.Committed(taken);
                            }
                            case NOT_WRITTEN -> new Outcome.NotWritten("scripted; position=" + taken);
                            case LOST -> new Outcome.LeadershipLost("scripted; position=" + taken);
                            case LOST_BUT_WRITTEN ->
                                new Outcome.LeadershipLost("in doubt; position=" + record.write(append.batch()));
                            case BROKEN -> new Outcome.Broken("scripted; position=" + taken);
                        });
    }
}
