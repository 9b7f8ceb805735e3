package dev.kalends.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kalends.testing.JournalContract;
import dev.kalends.testing.StoreHarness;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class EmbeddedJournalTest implements JournalContract {
    private final EmbeddedJournal journal = new EmbeddedJournal(0, 7);

    @Override
    public Journal journal() {
        return journal;
    }

    @Override
    public long startPosition() {
        return 7;
    }

    @Test
    void givesTheNextPositionAtOnce() {
        List<Journal.Outcome> outcomes = new ArrayList<>();
        journal.append(StoreHarness.batch(), outcomes::add);
        assertEquals(List.of(new Journal.Outcome.Committed(8)), outcomes);
    }

    @Test
    void refusesAPositionThatCannotBe() {
        assertThrows(IllegalArgumentException.class, () -> new EmbeddedJournal(0, -1));
    }
}
