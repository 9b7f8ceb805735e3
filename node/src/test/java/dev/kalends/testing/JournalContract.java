package dev.kalends.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.journal.Change;
import dev.kalends.journal.Journal;
import dev.kalends.journal.Journal.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Everything a {@link Journal} promises while nothing goes wrong. */
public interface JournalContract {
    /** How long an outcome may take. */
    long OUTCOME_WITHIN_MS = 30_000;

    /** The open journal. */
    Journal journal();

    /** The position after which it goes on. */
    long startPosition();

    /** The next outcome, which must come in time. */
    static Outcome outcome(BlockingQueue<Outcome> outcomes) throws InterruptedException {
        Outcome outcome = outcomes.poll(OUTCOME_WITHIN_MS, TimeUnit.MILLISECONDS);
        assertTrue(outcome != null, "no outcome came");
        return outcome;
    }

    /** Begins a term and takes everything up to its barrier; returns the barrier's position. */
    static long lead(Journal journal) throws InterruptedException {
        BlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();
        journal.begin(outcomes::add);
        Outcome outcome = outcome(outcomes);
        assertTrue(outcome instanceof Outcome.Committed, outcome.toString());
        long barrier = ((Outcome.Committed) outcome).position();
        AtomicReference<Journal.@Nullable Entry> last = new AtomicReference<>();
        Patience.await(OUTCOME_WITHIN_MS, () -> {
            journal.next().ifPresent(last::set);
            Journal.Entry newest = last.get();
            return newest != null && newest.position() >= barrier;
        });
        Journal.Entry newest = Objects.requireNonNull(last.get());
        assertEquals(barrier, newest.position());
        assertEquals(List.of(), newest.batch().changes(), "a barrier has no changes");
        return barrier;
    }

    @Test
    default void aTermBeginsWithABarrierAndItsBatchesLieBehind() throws InterruptedException {
        long barrier = lead(journal());
        assertTrue(barrier > startPosition(), "barrier=" + barrier);
        BlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();
        journal().append(StoreHarness.batch(new Change.PutSlot(1, 1)), outcomes::add);
        Outcome outcome = outcome(outcomes);
        assertTrue(outcome instanceof Outcome.Committed, outcome.toString());
        long position = ((Outcome.Committed) outcome).position();
        assertTrue(position > barrier, "position=" + position + " barrier=" + barrier);
        assertEquals(Optional.empty(), journal().next(), "what was appended in this term is not given");
        assertEquals(position, journal().end());
        journal().follow(position);
        assertEquals(position, journal().end());
        assertTrue(lead(journal()) > position, "the next term begins behind the last batch");
    }

    @Test
    default void commitsInOrderAtRisingPositions() throws InterruptedException {
        long last = lead(journal());
        BlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();
        int appends = 20;
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
        journal().close();
        journal().append(StoreHarness.batch(new Change.PutSlot(1, 1)), outcomes::add);
        Outcome outcome = outcome(outcomes);
        assertTrue(outcome instanceof Outcome.NotWritten, outcome.toString());
        assertTrue(outcomes.isEmpty(), "an append has one outcome");
    }
}
