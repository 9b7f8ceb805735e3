package dev.kalends.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.lease.Coordination;
import dev.kalends.lease.Coordination.Member;
import dev.kalends.lease.Coordination.Ownership;
import dev.kalends.lease.CoordinationException;
import dev.kalends.lease.Fitness;
import dev.kalends.lease.Standing;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every {@link Coordination} promises to a member that is well. */
public interface CoordinationContract {
    Member ONE = new Member("n1", "http://127.0.0.1:7071");

    /** The coordination of one node, not joined. */
    Coordination first();

    /** The monotonic clock that trust is measured with. */
    long monotonicNowNs();

    private boolean trusted(Coordination coordination, int partition) {
        return coordination.trusted(partition, monotonicNowNs());
    }

    @Test
    default void whoHasNotJoinedOwnsNothing() {
        assertFalse(trusted(first(), 0));
        assertThrows(CoordinationException.class, () -> first().tryOwn(0));
        assertFalse(trusted(first(), 0));
    }

    @Test
    default void aMemberKnowsItself() {
        first().join(ONE);
        assertEquals(List.of(ONE), first().members());
        assertThrows(CoordinationException.class, () -> first().join(ONE));
    }

    @Test
    default void aMemberOwnsWhatItTookUntilItGivesItBack() {
        first().join(ONE);
        assertEquals(Optional.empty(), first().owner(3));
        assertTrue(first().tryOwn(3));
        assertTrue(first().tryOwn(3));
        assertEquals(Optional.of(ONE), first().owner(3).map(Ownership::owner));
        assertTrue(first().owner(3).filter(ownership -> ownership.leftMs() > 0).isPresent());
        assertTrue(trusted(first(), 3));
        assertFalse(trusted(first(), 4));
        assertEquals(Optional.empty(), first().owner(4));
        first().release(4);
        first().release(3);
        assertFalse(trusted(first(), 3));
        assertEquals(Optional.empty(), first().owner(3));
        first().release(3);
        assertTrue(first().tryOwn(3));
    }

    @Test
    default void aLookShowsWhoIsThereAndWhatTheyOwn() {
        first().join(ONE);
        first().tryOwn(2);
        assertEquals(Map.of(2, ONE.id()), first().look().ownerByPartition());
        assertEquals(Optional.of(Fitness.ALL), first().look().standing(ONE.id()).map(Standing::fitness));
        assertEquals(Optional.of(ONE), first().look().owner(2).map(Standing::member));
        assertEquals(Optional.empty(), first().look().owner(1));
    }

    @Test
    default void whatANodeIsFitForIsSeen() {
        Fitness caughtUpButTwo = Fitness.allBut(Set.of(1, 1000));
        first().declare(caughtUpButTwo);
        first().join(ONE);
        assertEquals(
                Optional.of(caughtUpButTwo), first().look().standing(ONE.id()).map(Standing::fitness));
        first().declare(Fitness.none("draining"));
        assertEquals(
                Optional.of("draining"),
                first().look()
                        .standing(ONE.id())
                        .flatMap(standing -> standing.fitness().unfitBecause()));
    }

    @Test
    default void leavingEndsEverything() {
        first().join(ONE);
        first().tryOwn(0);
        first().close();
        assertFalse(trusted(first(), 0));
        assertThrows(CoordinationException.class, () -> first().tryOwn(0));
    }
}
