package dev.kalends.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorCode;
import dev.kalends.journal.Batch;
import dev.kalends.journal.Change;
import dev.kalends.journal.Head;
import dev.kalends.journal.StoreException;
import dev.kalends.lease.Coordination.Member;
import dev.kalends.memory.MemoryStore;
import dev.kalends.partition.Command;
import dev.kalends.runqueue.LocalRunQueue;
import dev.kalends.testing.FakeCluster;
import dev.kalends.testing.FakeCoordination;
import dev.kalends.testing.FakeJournal;
import dev.kalends.testing.FakeRecord;
import dev.kalends.testing.Samples;
import dev.kalends.time.MonotonicClock;
import dev.kalends.time.WallClock;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ReplicaSlotTest {
    private static final int P = Samples.PARTITION;

    private final FakeRecord record = new FakeRecord(0);
    private final FakeCoordination coordination = new FakeCluster(MonotonicClock.system(), 600_000).node();
    private final EventRing events = new EventRing(0);
    private final Kept kept = new Kept();
    private final ReplicaSlot slot = new ReplicaSlot(P, kept);

    private final class Kept implements ReplicaSlot.Home {
        private MemoryStore store = new MemoryStore(P);
        private boolean stuck;

        @Override
        public LoopParts open() {
            return new LoopParts(
                    P,
                    LoopSettings.DEFAULT,
                    WallClock.system(),
                    MonotonicClock.system(),
                    record.journal(store.position()),
                    store,
                    new LocalRunQueue(),
                    coordination,
                    new Meters(1_000),
                    events);
        }

        @Override
        public void empty() {
            if (stuck) {
                throw new StoreException(StoreException.Kind.IO, "the disk is gone");
            }
            store.close();
            store = new MemoryStore(P);
        }
    }

    /** Writes entries as another node's leader would. */
    private void write(int entries) {
        FakeJournal other = record.journal(record.entries().size());
        other.begin(_ -> {});
        other.append(
                new Batch(P, 1, 1, List.of(new Change.PutRun(Samples.ready(Samples.repeating(2), Samples.T0)))),
                _ -> {});
        for (int i = 0; i < entries; i++) {
            other.append(new Batch(P, 1, 1, List.of(new Change.PutHead(new Head(i + 1, 1, 1, 1)))), _ -> {});
        }
        other.append(
                new Batch(P, 1, 1, List.of(new Change.PutRun(Samples.ready(Samples.repeating(1), Samples.T0)))),
                _ -> {});
        other.follow(record.entries().size());
    }

    private static void until(BooleanSupplier condition) {
        long endNs = System.nanoTime() + 20_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < endNs, "it did not come about in 20 s");
            LockSupport.parkNanos(2_000_000);
        }
    }

    @AfterEach
    void stop() {
        slot.close();
    }

    @Test
    void anEmptyPlaceRefusesEverything() {
        assertFalse(slot.held());
        assertFalse(slot.isCurrent());
        assertFalse(slot.status().leading());
        assertTrue(slot.seat().atRest());
        assertEquals(
                ErrorCode.UNAVAILABLE,
                assertThrows(ApiException.class, slot::reader).code());
        ExecutionException refused = assertThrows(
                ExecutionException.class, () -> slot.ask(new Command.Tend(1)).get());
        assertTrue(refused.getCause() instanceof ApiException);
    }

    @Test
    void itHoldsAndLetsGoAndHoldsAgainFromNothing() {
        coordination.join(new Member("n1", "http://n1"));
        write(3);
        slot.begin();
        assertTrue(slot.held());
        until(() -> slot.status().position() == 6);
        slot.end();
        assertFalse(slot.held());
        assertEquals(0, kept.store.position());
        write(3);
        slot.begin();
        until(() -> slot.status().position() == 12);
        assertEquals(4, slot.reader().head().nextToken() + 1);
    }

    @Test
    void whatHappenedLongAgoIsNoNews() {
        coordination.join(new Member("n1", "http://n1"));
        write(1_500);
        slot.open();
        assertFalse(slot.isCurrent());
        assertEquals(1_503, slot.status().behind());
        slot.start();
        until(slot::isCurrent);
        until(() -> slot.status().behind() == 0);
        assertEquals(0, events.end());
        write(1);
        until(() -> events.end() == 2);
    }

    @Test
    void aPlaceThatCannotBeEmptiedEndsTheNode() {
        coordination.join(new Member("n1", "http://n1"));
        slot.begin();
        kept.stuck = true;
        assertThrows(StoreException.class, slot::end);
        assertTrue(slot.broken());
        assertTrue(
                slot.status().problem().contains("the disk is gone"),
                slot.status().problem());
    }
}
