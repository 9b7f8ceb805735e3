package dev.kalends.node;

import dev.kalends.journal.Batch;
import dev.kalends.journal.Change;
import dev.kalends.journal.Codec;
import dev.kalends.journal.Dump;
import dev.kalends.journal.Head;
import dev.kalends.journal.Journal;
import dev.kalends.journal.Journal.Outcome;
import dev.kalends.journal.Store;
import dev.kalends.journal.StoreException;
import dev.kalends.time.WallClock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * Writes what a store holds into the empty journal of the same partition, in one term.
 *
 * <p>Until {@link #finish} the partition's head is one that no node leads with: nobody serves a journal that is not
 * whole.
 */
final class JournalFill {
    private static final int CHANGES_MAX = 8_192;
    private static final long BYTES_MAX = 8L * 1024 * 1024;
    private static final long ANSWER_S = 120;
    private static final long LOOK_EVERY_NS = TimeUnit.MILLISECONDS.toNanos(5);

    private final int partition;
    private final Journal journal;
    private final Store store;
    private final WallClock clock;
    private final List<Change> waiting = new ArrayList<>();
    private long bytes;
    private long epoch;

    JournalFill(int partition, Journal journal, Store store, WallClock clock) {
        this.partition = partition;
        this.journal = journal;
        this.store = store;
        this.clock = clock;
    }

    /** Shuts out whoever writes, and says that the journal is being filled. */
    void begin() {
        epoch = settled(journal::begin, "begun");
        takeBarrier();
        append(List.of(new Change.PutHead(store.head().unfinished())));
    }

    /** All that was committed lies before the barrier, which must be nothing. */
    private void takeBarrier() {
        long lastNs = ANSWER_S * TimeUnit.SECONDS.toNanos(1) / LOOK_EVERY_NS;
        for (long look = 0; look < lastNs; look++) {
            var entry = journal.next();
            if (entry.isPresent() && !entry.get().batch().changes().isEmpty()) {
                throw failed("somebody else writes into it", "written");
            }
            if (entry.isPresent() && entry.get().position() >= epoch) {
                return;
            }
            LockSupport.parkNanos(LOOK_EVERY_NS);
        }
        throw failed("its barrier does not come back", "read");
    }

    /**
     * Writes everything but the head.
     *
     * @param historyMax lines of history, the newest
     * @param written told how many more changes were written
     */
    void fill(long historyMax, LongConsumer written) {
        store.reader().dump(Dump.allBut(historyMax), change -> {
            if (!(change instanceof Change.PutHead)) {
                waiting.add(change);
                bytes += Codec.encode(change).length;
                if (waiting.size() >= CHANGES_MAX || bytes >= BYTES_MAX) {
                    flush(written);
                }
            }
        });
        flush(written);
    }

    private void flush(LongConsumer written) {
        if (!waiting.isEmpty()) {
            append(waiting);
            written.accept(waiting.size());
            waiting.clear();
            bytes = 0;
        }
    }

    /** Lets the partition be led. */
    void finish() {
        Head head = store.head();
        append(List.of(new Change.PutHead(head)));
    }

    private void append(List<Change> changes) {
        Batch batch = new Batch(partition, epoch, clock.nowMs(), changes);
        settled(whenDone -> journal.append(batch, whenDone), "written");
    }

    private long settled(Consumer<Consumer<Outcome>> write, String what) {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        write.accept(outcome::complete);
        try {
            return switch (outcome.get(ANSWER_S, TimeUnit.SECONDS)) {
                case Outcome.Committed committed -> committed.position();
                case Outcome.NotWritten not -> throw failed(not.why(), what);
                case Outcome.LeadershipLost lost -> throw failed(lost.why(), what);
                case Outcome.Broken broken -> throw failed(broken.why(), what);
            };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed("interrupted", what);
        } catch (ExecutionException | TimeoutException e) {
            throw failed("no answer in time; waitedS=" + ANSWER_S, what);
        }
    }

    private StoreException failed(String why, String what) {
        return new StoreException(
                StoreException.Kind.NOT_AVAILABLE,
                "the cluster's journal could not be " + what + ": " + why + "; partition=" + partition);
    }
}
