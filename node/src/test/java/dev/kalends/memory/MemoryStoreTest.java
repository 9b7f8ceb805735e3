package dev.kalends.memory;

import static dev.kalends.testing.Samples.T0;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kalends.journal.Batch;
import dev.kalends.journal.Change;
import dev.kalends.journal.Store;
import dev.kalends.journal.StoreException;
import dev.kalends.testing.Samples;
import dev.kalends.testing.StoreContract;
import dev.kalends.testing.StoreHarness;
import org.junit.jupiter.api.Test;

final class MemoryStoreTest implements StoreContract {
    private final MemoryStore store = new MemoryStore(Samples.PARTITION);

    @Override
    public Store store() {
        return store;
    }

    @Override
    public Store reopened() {
        store.close();
        store.restart();
        return store;
    }

    @Test
    void goesBackToASnapshot() {
        apply(new Change.PutState(Samples.next(Samples.repeating(1), T0 + 5)), new Change.PutSlot(1, 1));
        MemoryStore.Snapshot before = store.snapshot();
        apply(new Change.PutSlot(1, 2), new Change.PutRun(Samples.ready(Samples.repeating(1), T0)));
        store.restore(before);
        assertEquals(1, store.position());
        assertEquals(1, store.nextSequence(1));
        assertEquals(0, store.openRuns(Samples.repeating(1)).size());
        assertEquals(1, due(T0, T0 + 10).size());
        apply(new Change.PutSlot(1, 3));
        store.restore(before);
        assertEquals(1, store.nextSequence(1));
    }

    @Test
    void aFailedApplyTakesBackWhatWasToBeForgotten() {
        apply(new Change.PutState(Samples.next(Samples.repeating(1), T0 + 5)));
        Batch batch = StoreHarness.batch(new Change.PutSlot(1, 7));
        store.forgetDue(T0 + 5);
        assertThrows(IllegalArgumentException.class, () -> store.apply(batch, 1));
        apply(new Change.PutSlot(1, 8));
        assertEquals(1, due(T0, T0 + 10).size());
    }

    @Test
    void aClosedStoreSaysSo() {
        store.close();
        assertThrows(StoreException.class, store::position);
    }
}
