package dev.kalends.testing;

import dev.kalends.journal.Batch;
import dev.kalends.journal.Change;
import dev.kalends.journal.Store;
import dev.kalends.journal.StoreReader;
import java.util.List;

/** What the suites of a store need from the test of an adapter. */
public interface StoreHarness {
    /** The open store of {@link Samples#PARTITION}, empty before each test. */
    Store store();

    /** Closes the store and opens it again on what it kept. */
    Store reopened();

    /** Applies changes at the next position. */
    default void apply(Change... changes) {
        Store store = store();
        store.apply(batch(changes), store.position() + 1);
    }

    default StoreReader reader() {
        return store().reader();
    }

    static Batch batch(Change... changes) {
        return new Batch(Samples.PARTITION, 1, Samples.T0, List.of(changes));
    }
}
