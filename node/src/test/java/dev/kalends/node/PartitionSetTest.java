package dev.kalends.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;

import dev.kalends.journal.Batch;
import dev.kalends.journal.Change;
import dev.kalends.journal.EmbeddedJournal;
import dev.kalends.journal.Head;
import dev.kalends.lease.Coordination.Member;
import dev.kalends.lease.Holding;
import dev.kalends.lease.LocalCoordination;
import dev.kalends.lease.Seating;
import dev.kalends.lease.SeatingTerms;
import dev.kalends.lease.Standby;
import dev.kalends.runqueue.LocalRunQueue;
import dev.kalends.runtime.LoopSettings;
import dev.kalends.runtime.Meters;
import dev.kalends.runtime.ReplicaSlot;
import dev.kalends.server.Clocks;
import dev.kalends.sqlite.DataDirectory;
import dev.kalends.sqlite.Durability;
import dev.kalends.sqlite.SqliteStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PartitionSetTest {
    private static final int PARTITIONS = 3;

    @TempDir
    Path directory;

    private static PartitionSet.Shared shared(Optional<Holding> holding) {
        LocalCoordination coordination = new LocalCoordination();
        coordination.join(new Member("n1", "http://n1"));
        return new PartitionSet.Shared(
                Clocks.system(),
                LoopSettings.DEFAULT,
                new Meters(1_000),
                new PartitionSet.Ports(
                        (partition, store) -> new EmbeddedJournal(partition, store.position()),
                        new LocalRunQueue(),
                        coordination,
                        new Seating("n1", PARTITIONS, SeatingTerms.ALONE),
                        holding));
    }

    private static List<Boolean> held(PartitionSet set) {
        return set.slots().stream().map(ReplicaSlot::held).toList();
    }

    /** Opens what a node left that had something of partition 0. */
    private static PartitionSet openWritten(DataDirectory data) {
        try (SqliteStore store = data.openStore(0, Durability.NORMAL)) {
            store.apply(new Batch(0, 1, 1, List.of(new Change.PutHead(new Head(5, 1, 1, 1)))), 9);
        }
        return PartitionSet.open(data, Durability.NORMAL);
    }

    private static Optional<Holding> holding() {
        return Optional.of(new Holding("n1", PARTITIONS, new Standby(1), SeatingTerms.DEFAULT));
    }

    @Test
    void whatIsThereOrCostsNothingIsHeldAtTheStart() {
        try (DataDirectory data = DataDirectory.open(directory, PARTITIONS);
                PartitionSet set = openWritten(data)) {
            set.build(shared(holding()), Set.of(1));
            assertEquals(List.of(true, true, false), held(set));
        }
    }

    @Test
    void whereAllHoldAllEverythingIsHeld() {
        try (DataDirectory data = DataDirectory.open(directory, PARTITIONS);
                PartitionSet set = PartitionSet.open(data, Durability.NORMAL)) {
            set.build(shared(Optional.empty()), Set.of());
            assertEquals(List.of(true, true, true), held(set));
        }
    }

    @Test
    void whatIsLetGoLeavesAnEmptyStore() {
        try (DataDirectory data = DataDirectory.open(directory, PARTITIONS);
                PartitionSet set = openWritten(data)) {
            set.build(shared(holding()), Set.of());
            ReplicaSlot slot = set.slots().getFirst();
            slot.start();
            SqliteStore before = set.stores().getFirst();
            assertEquals(9, before.position());
            slot.end();
            assertEquals(List.of(false, false, false), held(set));
            assertNotSame(before, set.stores().getFirst());
            assertEquals(0, set.stores().getFirst().position());
            assertEquals(Head.FIRST, set.stores().getFirst().reader().head());
        }
        try (DataDirectory data = DataDirectory.open(directory, PARTITIONS);
                PartitionSet set = PartitionSet.open(data, Durability.NORMAL)) {
            assertEquals(0, set.highestPosition(), "nothing comes back at the next start");
        }
    }
}
