package dev.kalends.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.lease.Coordination;
import dev.kalends.lease.Coordination.Member;
import dev.kalends.lease.Coordination.Ownership;
import dev.kalends.lease.CoordinationException;
import dev.kalends.lease.Fitness;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a {@link Coordination} of several nodes promises while they are well. */
public interface SharedCoordinationContract extends CoordinationContract {
    Member TWO = new Member("n2", "http://127.0.0.1:7072");

    /** The coordination of another node of the same cluster, not joined. */
    Coordination second();

    /** One more node of the same cluster, not joined. */
    Coordination third();

    @Test
    default void membersKnowEachOther() {
        first().join(ONE);
        second().join(TWO);
        assertEquals(Set.of(ONE, TWO), Set.copyOf(first().members()));
        assertEquals(Set.of(ONE, TWO), Set.copyOf(second().members()));
    }

    @Test
    default void whatOneLeavesAnotherMayTake() {
        first().join(ONE);
        first().tryOwn(0);
        second().join(TWO);
        first().close();
        assertEquals(List.of(TWO), second().members());
        assertEquals(Optional.empty(), second().owner(0));
        assertTrue(second().tryOwn(0));
        assertTrue(second().trusted(0, monotonicNowNs()));
        assertFalse(first().trusted(0, monotonicNowNs()));
    }

    @Test
    default void twoNodesNeverOwnOnePartition() {
        first().join(ONE);
        second().join(TWO);
        assertTrue(first().tryOwn(0));
        assertFalse(second().tryOwn(0));
        assertEquals(Optional.of(ONE), second().owner(0).map(Ownership::owner));
        second().release(0);
        assertFalse(second().trusted(0, monotonicNowNs()));
        assertTrue(first().trusted(0, monotonicNowNs()));
        first().release(0);
        assertTrue(second().tryOwn(0));
        assertFalse(first().trusted(0, monotonicNowNs()));
    }

    @Test
    default void anIdIsOfOneNode() {
        first().join(ONE);
        assertThrows(CoordinationException.class, () -> second().join(ONE));
        assertEquals(List.of(ONE), first().members());
        second().join(TWO);
        first().close();
        assertEquals(List.of(TWO), second().members());
    }

    @Test
    default void anotherTenureHasAnotherNumber() {
        second().join(TWO);
        first().join(ONE);
        long before = second().look().standing(ONE.id()).orElseThrow().tenure();
        first().close();
        Coordination again = third();
        again.join(ONE);
        assertNotEquals(before, second().look().standing(ONE.id()).orElseThrow().tenure());
    }

    @Test
    default void eachSeesWhatTheOtherOwnsAndIsFitFor() {
        first().join(ONE);
        second().join(TWO);
        first().tryOwn(0);
        second().tryOwn(1);
        assertEquals(Map.of(0, "n1", 1, "n2"), first().look().ownerByPartition());
        first().declare(Fitness.none("the journal is out of reach\nfor a minute"));
        Fitness seen = second().look().standing("n1").orElseThrow().fitness();
        assertEquals(Optional.of("the journal is out of reach for a minute"), seen.unfitBecause());
        assertEquals(0, second().owner(0).orElseThrow().leftMs());
    }

    @Test
    default void aChangeGivesAHint() throws InterruptedException {
        CountDownLatch hinted = new CountDownLatch(1);
        second().join(TWO);
        second().look();
        first().join(ONE);
        second().whenChanged(hinted::countDown);
        first().tryOwn(7);
        assertTrue(hinted.await(5, TimeUnit.SECONDS));
    }

    /** Both want the partition all the time; whoever has it gives it back at once. */
    @Test
    default void twoThatFightForAPartitionHaveItInTurn() throws InterruptedException, ExecutionException {
        first().join(ONE);
        second().join(TWO);
        AtomicInteger holders = new AtomicInteger();
        try (ExecutorService fighters = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> won = Stream.of(first(), second())
                    .map(fighter -> fighters.submit(() -> fight(fighter, holders)))
                    .toList();
            for (Future<Integer> each : won) {
                assertEquals(FIGHTS, each.get());
            }
        }
        assertEquals(Optional.empty(), first().owner(0));
    }

    /** How often each fighter wins before it stops. */
    int FIGHTS = 10;

    private int fight(Coordination fighter, AtomicInteger holders) {
        int won = 0;
        while (won < FIGHTS) {
            if (fighter.tryOwn(0)) {
                won++;
                assertEquals(1, holders.incrementAndGet());
                assertTrue(fighter.trusted(0, monotonicNowNs()));
                holders.decrementAndGet();
                fighter.release(0);
                assertFalse(fighter.trusted(0, monotonicNowNs()));
            }
        }
        return won;
    }
}
