package dev.kalends.node;

import dev.kalends.journal.EmbeddedJournal;
import dev.kalends.journal.StoreException;
import dev.kalends.lease.Coordination;
import dev.kalends.runqueue.LocalRunQueue;
import dev.kalends.runqueue.RunQueue;
import dev.kalends.runtime.EventRing;
import dev.kalends.runtime.LoopParts;
import dev.kalends.runtime.LoopSettings;
import dev.kalends.runtime.Meters;
import dev.kalends.runtime.PartitionHandle;
import dev.kalends.runtime.PartitionLoop;
import dev.kalends.runtime.PartitionThread;
import dev.kalends.server.Clocks;
import dev.kalends.sqlite.DataDirectory;
import dev.kalends.sqlite.Durability;
import dev.kalends.sqlite.SqliteStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The partitions of an embedded node: a store, a loop and a thread each. */
final class PartitionSet implements AutoCloseable {
    /** Cursors of the event stream begin at the store's position times this: see {@link EventRing}. */
    private static final int CURSOR_SHIFT = 20;

    private final List<SqliteStore> stores = new ArrayList<>();
    private final List<PartitionLoop> loops = new ArrayList<>();
    private final List<PartitionThread> threads = new ArrayList<>();
    private final RunQueue queue = new LocalRunQueue();

    /** What all partitions of a node share. */
    record Shared(Clocks clocks, LoopSettings settings, Meters meters, Coordination coordination) {}

    /** Opens all stores; throws {@link StoreException} when one will not open, and leaves none open then. */
    static PartitionSet open(DataDirectory directory) {
        PartitionSet set = new PartitionSet();
        try {
            for (int i = 0; i < directory.partitions(); i++) {
                set.stores.add(directory.openStore(i, Durability.FULL));
            }
        } catch (StoreException e) {
            set.close();
            throw e;
        }
        return set;
    }

    /** Begins to decide. The event stream begins after the last position of all stores. */
    EventRing start(Shared shared) {
        long position = stores.stream().mapToLong(SqliteStore::position).max().orElse(0);
        EventRing events = new EventRing((position + 1) << CURSOR_SHIFT);
        for (int i = 0; i < stores.size(); i++) {
            PartitionLoop loop = new PartitionLoop(new LoopParts(
                    i,
                    shared.settings(),
                    shared.clocks().wall(),
                    shared.clocks().monotonic(),
                    new EmbeddedJournal(stores.get(i).position()),
                    stores.get(i),
                    queue,
                    shared.coordination(),
                    shared.meters(),
                    events));
            loops.add(loop);
            PartitionThread thread = new PartitionThread(loop);
            threads.add(thread);
            thread.start();
        }
        return events;
    }

    RunQueue queue() {
        return queue;
    }

    List<SqliteStore> stores() {
        return stores;
    }

    List<PartitionHandle> handles() {
        return List.copyOf(loops);
    }

    /** Why a partition cannot go on at all; empty while all can. */
    Optional<String> broken() {
        return loops.stream()
                .filter(PartitionLoop::broken)
                .findFirst()
                .map(loop ->
                        "partition " + loop.partition() + ": " + loop.status().problem());
    }

    /** Stops deciding after the batches in hand, then closes the stores. */
    @Override
    public void close() {
        threads.forEach(PartitionThread::close);
        stores.forEach(SqliteStore::close);
        queue.close();
    }
}
