package dev.kalends.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.journal.Change;
import dev.kalends.journal.Journal;
import dev.kalends.journal.Journal.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
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

    @Test
    default void commitsInOrderAtRisingPositions() throws InterruptedException {
        BlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();
        int appends = 20;
        for (int i = 0; i < appends; i++) {
            journal().append(StoreHarness.batch(new Change.PutSlot(1, i)), outcomes::add);
        }
        List<Long> positions = new ArrayList<>();
        long last = startPosition();
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
