package dev.kalends.node;

import dev.kalends.journal.Journal;
import dev.kalends.journal.Store;
import dev.kalends.journal.StoreException;
import dev.kalends.lease.Coordination;
import dev.kalends.lease.Fitness;
import dev.kalends.lease.Seating;
import dev.kalends.runqueue.RunQueue;
import dev.kalends.runtime.EventRing;
import dev.kalends.runtime.LoopParts;
import dev.kalends.runtime.LoopSettings;
import dev.kalends.runtime.Meters;
import dev.kalends.runtime.PartitionHandle;
import dev.kalends.runtime.PartitionLoop;
import dev.kalends.runtime.PartitionThread;
import dev.kalends.runtime.Seats;
import dev.kalends.runtime.SeatsThread;
import dev.kalends.server.Clocks;
import dev.kalends.sqlite.DataDirectory;
import dev.kalends.sqlite.Durability;
import dev.kalends.sqlite.SqliteStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The partitions of a node: a store, a loop and a thread each, and the seats that say which of them it leads. */
final class PartitionSet implements AutoCloseable {
    /** Cursors of the event stream begin at the store's position times this: see {@link EventRing}. */
    private static final int CURSOR_SHIFT = 20;

    private final List<SqliteStore> stores = new ArrayList<>();
    private final List<PartitionLoop> loops = new ArrayList<>();
    private final List<PartitionThread> threads = new ArrayList<>();
    private Optional<Seats> seats = Optional.empty();
    private Optional<SeatsThread> seating = Optional.empty();

    /** What all partitions of a node share. */
    record Shared(Clocks clocks, LoopSettings settings, Meters meters, Ports ports) {}

    /** What differs between a node that is alone and one of a cluster. */
    record Ports(Journals journals, RunQueue queue, Coordination coordination, Seating seating) {}

    /** Makes the journal of a partition, which goes on from its store. */
    @FunctionalInterface
    interface Journals {
        Journal of(int partition, Store store);
    }

    /** Opens all stores; throws {@link StoreException} when one will not open, and leaves none open then. */
    static PartitionSet open(DataDirectory directory, Durability durability) {
        PartitionSet set = new PartitionSet();
        try {
            for (int i = 0; i < directory.partitions(); i++) {
                set.stores.add(directory.openStore(i, durability));
            }
        } catch (StoreException e) {
            set.close();
            throw e;
        }
        return set;
    }

    /**
     * Begins to follow, and to lead what is this node's. The event stream begins after the last position of all stores.
     *
     * @param fitness what the node is fit for, by itself
     */
    EventRing start(Shared shared, Supplier<Fitness> fitness) {
        long position = stores.stream().mapToLong(SqliteStore::position).max().orElse(0);
        EventRing events = new EventRing((position + 1) << CURSOR_SHIFT);
        Ports ports = shared.ports();
        for (int i = 0; i < stores.size(); i++) {
            PartitionLoop loop = new PartitionLoop(new LoopParts(
                    i,
                    shared.settings(),
                    shared.clocks().wall(),
                    shared.clocks().monotonic(),
                    ports.journals().of(i, stores.get(i)),
                    stores.get(i),
                    ports.queue(),
                    ports.coordination(),
                    shared.meters(),
                    events));
            loops.add(loop);
            PartitionThread thread = new PartitionThread(loop);
            threads.add(thread);
            thread.start();
        }
        Seats started = new Seats(
                ports.coordination(), ports.seating(), loops, shared.clocks().monotonic(), fitness);
        seats = Optional.of(started);
        SeatsThread thread = new SeatsThread(started);
        seating = Optional.of(thread);
        thread.start();
        return events;
    }

    /** Which of them the node leads; after {@link #start}. */
    Seats seats() {
        return seats.orElseThrow();
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
        seating.ifPresent(SeatsThread::close);
        threads.forEach(PartitionThread::close);
        stores.forEach(SqliteStore::close);
    }
}
