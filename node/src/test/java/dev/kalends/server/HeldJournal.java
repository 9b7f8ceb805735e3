package dev.kalends.server;

import dev.kalends.journal.Batch;
import dev.kalends.journal.Journal;
import java.util.Optional;
import java.util.function.Consumer;

/** A journal whose entries can be held back from a follower, as on a slow network. */
final class HeldJournal implements Journal {
    private final Journal journal;
    private volatile boolean held;

    HeldJournal(Journal journal) {
        this.journal = journal;
    }

    void hold() {
        held = true;
    }

    void letGo() {
        held = false;
    }

    @Override
    public void begin(Consumer<Outcome> whenDone) {
        journal.begin(whenDone);
    }

    @Override
    public void append(Batch batch, Consumer<Outcome> whenDone) {
        journal.append(batch, whenDone);
    }

    @Override
    public Optional<Entry> next() {
        return held ? Optional.empty() : journal.next();
    }

    @Override
    public void follow(long position) {
        journal.follow(position);
    }

    @Override
    public long end() {
        return journal.end();
    }

    @Override
    public void whenMore(Runnable hint) {
        journal.whenMore(hint);
    }

    @Override
    public void close() {
        journal.close();
    }
}
