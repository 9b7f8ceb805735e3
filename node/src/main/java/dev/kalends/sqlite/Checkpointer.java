package dev.kalends.sqlite;

import dev.kalends.journal.StoreException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Moves commits from the write-ahead log into the database, off the commit path, on a thread of its own.
 *
 * <p>Each pass is passive: it waits for nobody and nobody waits for it. While commits come without a pause the log
 * cannot start again from its beginning, so it grows; beyond {@link Bounds#walBytesMax} the partition's thread
 * starts it again between two commits ({@link #cutIfOvergrown}), when little is left to move.
 */
final class Checkpointer implements AutoCloseable {
    private static final long EVERY_MS = 250;
    /** Of replicas, whose commits wait for no disk: each pass costs two syncs, and there are many of them. */
    private static final long REPLICA_EVERY_MS = 1_000;

    private static final int WAIT_FOR_READERS_MS = 20;
    private static final int USUAL_WAIT_MS = 5_000;
    private static final long CLOSE_WAIT_MS = 10_000;

    private final Session session;
    private final long pageBytes;
    private final long walBytesMax;
    private final long everyMs;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition closed = lock.newCondition();
    private final Thread thread;
    private final AtomicLong commits = new AtomicLong();
    private volatile long walBytes;
    private volatile @Nullable StoreException failure;
    private boolean closing;

    Checkpointer(Database database, long walBytesMax) {
        this.walBytesMax = walBytesMax;
        this.everyMs = switch (database.durability()) {
            case FULL -> EVERY_MS;
            case NORMAL -> REPLICA_EVERY_MS;
        };
        this.session = database.checkpointer();
        this.pageBytes = session.on("PRAGMA page_size").number(0);
        this.thread = Thread.ofPlatform()
                .daemon()
                .name("checkpoint " + database.path().getFileName())
                .unstarted(this::work);
    }

    void start() {
        thread.start();
    }

    /** Called by the partition's thread after each commit. */
    void committed() {
        commits.incrementAndGet();
    }

    /** What stopped the checkpoints for good, if anything did. */
    Optional<StoreException> failure() {
        return Optional.ofNullable(failure);
    }

    /** Size of the log at the last pass. */
    long walBytes() {
        return walBytes;
    }

    /** Starts the log again from its beginning if it is too long and no reader needs it; by the partition's thread. */
    void cutIfOvergrown(Session writer) {
        if (walBytes <= walBytesMax || !lock.tryLock()) {
            return;
        }
        try {
            writer.execute("PRAGMA busy_timeout = " + WAIT_FOR_READERS_MS);
            // The file keeps its length: cutting it off would make each of the next commits pay for its growing again.
            long busy = writer.on("PRAGMA wal_checkpoint(RESTART)")
                    .first(row -> row.number(1))
                    .orElse(1L);
            walBytes = busy == 0 ? 0 : walBytes;
            writer.execute("PRAGMA busy_timeout = " + USUAL_WAIT_MS);
        } finally {
            lock.unlock();
        }
    }

    private void work() {
        long seen = 0;
        lock.lock();
        try {
            while (!closing && failure == null) {
                if (seen != commits.get()) {
                    seen = commits.get();
                    pass();
                }
                closing |= closed.await(everyMs, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private void pass() {
        try {
            walBytes = pass(session, "PRAGMA wal_checkpoint(PASSIVE)");
        } catch (StoreException e) {
            switch (e.kind()) {
                // The log holds everything; a later pass may find space or the lock.
                case FULL, NOT_AVAILABLE -> {}
                case DAMAGED, NEWER, IO -> failure = e;
            }
        }
    }

    /** The bytes that the log has then; when all of it was moved, the next commit starts it again. */
    private long pass(Session on, String pragma) {
        return on.on(pragma).first(row -> row.number(2) * pageBytes).orElse(0L);
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closing = true;
            closed.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            thread.join(CLOSE_WAIT_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        session.close();
    }
}
