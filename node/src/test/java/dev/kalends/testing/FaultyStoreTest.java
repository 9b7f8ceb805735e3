package dev.kalends.testing;

import static dev.kalends.testing.Samples.T0;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kalends.job.JobId;
import dev.kalends.journal.Change;
import dev.kalends.journal.Store;
import dev.kalends.journal.StoreException;
import dev.kalends.memory.MemoryStore;
import org.junit.jupiter.api.Test;

final class FaultyStoreTest implements StoreContract {
    private final MemoryStore kept = new MemoryStore(Samples.PARTITION);
    private final FaultyStore faulty = new FaultyStore(kept);
    private final Store store = faulty.store();

    @Override
    public Store store() {
        return store;
    }

    @Override
    public Store reopened() {
        kept.close();
        kept.restart();
        return store;
    }

    @Test
    void aFailedApplyIsWhollyOutOrWhollyIn() {
        faulty.faults((_, position) -> position == 1 ? FaultyStore.Fate.FAILED_OUT : FaultyStore.Fate.FAILED_IN);
        Change change = new Change.PutSlot(1, 7);
        assertThrows(StoreException.class, () -> apply(change));
        assertEquals(0, store.position());
        assertEquals(0, store.nextSequence(1));
        assertThrows(StoreException.class, () -> store.apply(StoreHarness.batch(change), 2));
        assertEquals(2, store.position());
        assertEquals(7, store.nextSequence(1));
    }

    @Test
    void aFailedApplyTakesBackWhatWasToBeForgotten() {
        JobId job = Samples.repeating(1);
        apply(new Change.PutState(Samples.next(job, T0 + 5)));
        faulty.faults((_, _) -> FaultyStore.Fate.FAILED_OUT);
        store.forgetDue(T0 + 5);
        assertThrows(StoreException.class, () -> apply(new Change.PutSlot(1, 7)));
        faulty.faults((_, _) -> FaultyStore.Fate.APPLIED);
        apply(new Change.PutSlot(1, 8));
        assertEquals(1, due(T0, T0 + 10).size());
    }
}
