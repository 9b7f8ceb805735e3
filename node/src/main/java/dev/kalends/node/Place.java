package dev.kalends.node;

import dev.kalends.runtime.EventRing;
import dev.kalends.runtime.LoopParts;
import dev.kalends.runtime.ReplicaSlot;
import dev.kalends.sqlite.DataDirectory;
import dev.kalends.sqlite.Durability;
import dev.kalends.sqlite.SqliteStore;

/**
 * A partition's place in the data directory: its store, which is always there and open, and empty while nothing is
 * held. Changed by whoever says what is held; the store may be asked for from any thread.
 */
final class Place implements ReplicaSlot.Home {
    private final DataDirectory directory;
    private final int partition;
    private final Durability durability;
    private final PartitionSet.Shared shared;
    private final EventRing events;
    private volatile SqliteStore store;

    /** Where a partition's store is. */
    record At(DataDirectory directory, int partition, Durability durability) {}

    /** A place with its store open. */
    Place(At at, SqliteStore store, PartitionSet.Shared shared, EventRing events) {
        this.directory = at.directory();
        this.partition = at.partition();
        this.durability = at.durability();
        this.store = store;
        this.shared = shared;
        this.events = events;
    }

    SqliteStore store() {
        return store;
    }

    @Override
    public LoopParts open() {
        SqliteStore own = store;
        return new LoopParts(
                partition,
                shared.settings(),
                shared.clocks().wall(),
                shared.clocks().monotonic(),
                shared.ports().journals().of(partition, own),
                own,
                shared.ports().queue(),
                shared.ports().coordination(),
                shared.meters(),
                events);
    }

    @Override
    public void empty() {
        store.close();
        directory.beginAnew(partition);
        store = directory.openStore(partition, durability);
    }
}
