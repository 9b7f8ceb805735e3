package dev.kalends.node;

import dev.kalends.journal.Journal;
import dev.kalends.journal.Store;
import dev.kalends.journal.StoreException;
import dev.kalends.lease.Coordination;
import dev.kalends.lease.Fitness;
import dev.kalends.lease.Holding;
import dev.kalends.lease.Seating;
import dev.kalends.runqueue.RunQueue;
import dev.kalends.runtime.EventRing;
import dev.kalends.runtime.LoopSettings;
import dev.kalends.runtime.Meters;
import dev.kalends.runtime.ReplicaSlot;
import dev.kalends.runtime.Replicas;
import dev.kalends.runtime.ReplicasThread;
import dev.kalends.runtime.Seats;
import dev.kalends.runtime.SeatsThread;
import dev.kalends.server.Clocks;
import dev.kalends.sqlite.DataDirectory;
import dev.kalends.sqlite.Durability;
import dev.kalends.sqlite.SqliteStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The partitions of a node: a store each, a loop and a thread for those that it holds, and the seats that say which of
 * them it leads.
 */
final class PartitionSet implements AutoCloseable {
    /** Cursors of the event stream begin at the store's position times this: see {@link EventRing}. */
    private static final int CURSOR_SHIFT = 20;

    private final DataDirectory directory;
    private final Durability durability;
    /** Open, until they have a place. */
    private final List<SqliteStore> stores = new ArrayList<>();

    private final List<Place> places = new ArrayList<>();
    private final List<ReplicaSlot> slots = new ArrayList<>();
    private Optional<SeatsThread> seating = Optional.empty();
    private Optional<ReplicasThread> holding = Optional.empty();

    /** What all partitions of a node share. */
    record Shared(Clocks clocks, LoopSettings settings, Meters meters, Ports ports) {}

    /**
     * What differs between a node that is alone and one of a cluster.
     *
     * @param holding where not every node holds all partitions
     */
    record Ports(
            Journals journals, RunQueue queue, Coordination coordination, Seating seating, Optional<Holding> holding) {}

    /** Makes the journal of a partition, which goes on from its store. */
    @FunctionalInterface
    interface Journals {
        Journal of(int partition, Store store);
    }

    private PartitionSet(DataDirectory directory, Durability durability) {
        this.directory = directory;
        this.durability = durability;
    }

    /** Opens all stores; throws {@link StoreException} when one will not open, and leaves none open then. */
    static PartitionSet open(DataDirectory directory, Durability durability) {
        PartitionSet set = new PartitionSet(directory, durability);
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
     * Makes the loops of what is held: all partitions, or those of which something is here or that nothing was written
     * of yet. The event stream begins after the last position of all stores.
     *
     * @param blank partitions that nothing was written of
     */
    EventRing build(Shared shared, Set<Integer> blank) {
        EventRing events = new EventRing((highestPosition() + 1) << CURSOR_SHIFT);
        boolean all = shared.ports().holding().isEmpty();
        for (int i = 0; i < stores.size(); i++) {
            Place place = new Place(new Place.At(directory, i, durability), stores.get(i), shared, events);
            ReplicaSlot slot = new ReplicaSlot(i, place);
            places.add(place);
            slots.add(slot);
            if (all || blank.contains(i) || stores.get(i).position() > 0) {
                slot.open();
            }
        }
        return events;
    }

    /** Makes the seats of the loops. */
    Seats seats(Shared shared, Supplier<Fitness> fitness) {
        Ports ports = shared.ports();
        return new Seats(
                ports.coordination(), ports.seating(), slots, shared.clocks().monotonic(), fitness);
    }

    /** Makes what says which partitions are held; empty where all are. */
    Optional<Replicas> replicas(Shared shared, Seats seats) {
        return shared.ports()
                .holding()
                .map(decides -> new Replicas(
                        decides, slots, seats::seen, shared.clocks().monotonic()));
    }

    /** Begins to follow, and to lead what is this node's. */
    void start(Seats seats, Optional<Replicas> replicas) {
        slots.forEach(ReplicaSlot::start);
        SeatsThread thread = new SeatsThread(seats);
        seating = Optional.of(thread);
        thread.start();
        holding = replicas.map(ReplicasThread::new);
        holding.ifPresent(ReplicasThread::start);
    }

    /** In the order of their numbers. */
    List<ReplicaSlot> slots() {
        return List.copyOf(slots);
    }

    long highestPosition() {
        return stores.stream().mapToLong(SqliteStore::position).max().orElse(0);
    }

    /** Of a partition whose store was made anew the new one. */
    List<SqliteStore> stores() {
        return places.stream().map(Place::store).toList();
    }

    /** Why a partition cannot go on at all; empty while all can. */
    Optional<String> broken() {
        return slots.stream()
                .filter(ReplicaSlot::broken)
                .findFirst()
                .map(slot ->
                        "partition " + slot.partition() + ": " + slot.status().problem());
    }

    /** Stops deciding after the batches in hand, then closes the stores. */
    @Override
    public void close() {
        holding.ifPresent(ReplicasThread::close);
        seating.ifPresent(SeatsThread::close);
        slots.forEach(ReplicaSlot::close);
        stores.forEach(SqliteStore::close);
        places.forEach(place -> place.store().close());
    }
}
