package dev.kalends.sqlite;

import dev.kalends.journal.StoreException;
import dev.kalends.journal.StoreException.Kind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** A few connections that only read, lent to any thread for one short snapshot each. */
final class ReaderPool implements AutoCloseable {
    /** Snapshots at a time. */
    private static final int READERS_MAX = 4;

    private static final long WAIT_MS = 10_000;

    private final Database database;
    private final Interned interned;
    private final Semaphore free = new Semaphore(READERS_MAX, true);
    private final Deque<Reads> idle = new ArrayDeque<>();
    private boolean closed;

    ReaderPool(Database database, Interned interned) {
        this.database = database;
        this.interned = interned;
    }

    <T> T read(Function<Reads, T> query) {
        take();
        try {
            Reads reads = borrow();
            T answer;
            try {
                answer = reads.session().snapshot(() -> query.apply(reads));
            } catch (RuntimeException e) {
                reads.session().close();
                throw e;
            }
            giveBack(reads);
            return answer;
        } finally {
            free.release();
        }
    }

    private void take() {
        try {
            if (!free.tryAcquire(WAIT_MS, TimeUnit.MILLISECONDS)) {
                throw new StoreException(
                        Kind.NOT_AVAILABLE, "too many listings at once: try again; readers=" + READERS_MAX);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException(Kind.NOT_AVAILABLE, "interrupted while waiting to read", e);
        }
    }

    private Reads borrow() {
        synchronized (idle) {
            if (closed) {
                throw new StoreException(Kind.NOT_AVAILABLE, "the store is closed; file=" + database.path());
            }
            Reads reads = idle.poll();
            if (reads != null) {
                return reads;
            }
        }
        return new Reads(database.reader(), interned);
    }

    private void giveBack(Reads reads) {
        synchronized (idle) {
            if (!closed) {
                idle.push(reads);
                return;
            }
        }
        reads.session().close();
    }

    @Override
    public void close() {
        synchronized (idle) {
            closed = true;
            idle.forEach(reads -> reads.session().close());
            idle.clear();
        }
    }
}
