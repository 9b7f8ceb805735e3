package dev.kalends.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.journal.Change;
import dev.kalends.journal.Journal;
import dev.kalends.journal.Journal.Entry;
import dev.kalends.journal.Journal.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Everything a {@link Journal} promises while nothing goes wrong. */
public interface JournalContract {
    /** How long an outcome may take. */
    long OUTCOME_WITHIN_MS = 30_000;

    /** The open journal. */
    Journal journal();

    /** The position after which it goes on. */
    long startPosition();

    private static Outcome outcome(BlockingQueue<Outcome> outcomes) throws InterruptedException {
        Outcome outcome = outcomes.poll(OUTCOME_WITHIN_MS, TimeUnit.MILLISECONDS);
        assertTrue(outcome != null, "no outcome came");
        return outcome;
    }

    /** Begins a term and takes everything up to its barrier, whose position is returned. */
    private long begun() throws InterruptedException {
        BlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();
        journal().begin(outcomes::add);
        Outcome outcome = outcome(outcomes);
        assertTrue(outcome instanceof Outcome.Committed, outcome.toString());
        long barrier = ((Outcome.Committed) outcome).position();
        assertTrue(barrier > startPosition(), "barrier=" + barrier + " start=" + startPosition());
        long taken = startPosition();
        while (taken < barrier) {
            Optional<Entry> entry = next();
            assertTrue(entry.get().position() > taken, "positions rise; position=" + entry.get().position());
            taken = entry.get().position();
        }
        assertEquals(barrier, taken, "nothing lies behind the barrier");
        return barrier;
    }

    private Optional<Entry> next() throws InterruptedException {
        Semaphore more = new Semaphore(0);
        journal().whenMore(more::release);
        Optional<Entry> entry = journal().next();
        while (entry.isEmpty()) {
            more.tryAcquire(100, TimeUnit.MILLISECONDS);
            entry = journal().next();
        }
        return entry;
    }

    @Test
    default void aTermBeginsWithABarrierThatIsAnEntryWithoutChanges() throws InterruptedException {
        BlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();
        journal().begin(outcomes::add);
        assertTrue(outcome(outcomes) instanceof Outcome.Committed);
        Entry entry = next().orElseThrow();
        assertTrue(entry.batch().changes().isEmpty(), entry.toString());
        assertTrue(journal().end() >= entry.position());
    }

    @Test
    default void whatWasAppendedInTheTermIsNotTaken() throws InterruptedException {
        long barrier = begun();
        BlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();
        journal().append(StoreHarness.batch(new Change.PutSlot(1, 9)), outcomes::add);
        Outcome outcome = outcome(outcomes);
        assertTrue(outcome instanceof Outcome.Committed, outcome.toString());
        assertTrue(journal().next().isEmpty(), "the writer knows what it wrote");
        assertTrue(journal().end() > barrier);
    }

    @Test
    default void commitsInOrderAtRisingPositions() throws InterruptedException {
        BlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();
        int appends = 20;
        long last = begun();
        for (int i = 0; i < appends; i++) {
            journal().append(StoreHarness.batch(new Change.PutSlot(1, i)), outcomes::add);
        }
        List<Long> positions = new ArrayList<>();
        for (int i = 0; i < appends; i++) {
            Outcome outcome = outcome(outcomes);
            assertTrue(outcome instanceof Outcome.Committed, outcome.toString());
            long position = ((Outcome.Committed) outcome).position();
            assertTrue(position > last, "position=" + position + " last=" + last);
            last = position;
            positions.add(position);
        }
        assertEquals(appends, positions.size());
        assertTrue(outcomes.isEmpty(), "an append has one outcome");
    }

    @Test
    default void writesNothingAfterItIsClosed() throws InterruptedException {
        BlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();
        begun();
        journal().close();
        journal().append(StoreHarness.batch(new Change.PutSlot(1, 1)), outcomes::add);
        Outcome outcome = outcome(outcomes);
        assertTrue(outcome instanceof Outcome.NotWritten, outcome.toString());
        assertTrue(outcomes.isEmpty(), "an append has one outcome");
    }
}
