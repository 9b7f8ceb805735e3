package dev.kalends.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.lease.Coordination;
import dev.kalends.lease.Coordination.Member;
import dev.kalends.lease.Coordination.Ownership;
import dev.kalends.lease.CoordinationException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Everything a {@link Coordination} promises while its members are well. */
public interface CoordinationContract {
    Member ONE = new Member("n1", "http://127.0.0.1:7071");
    Member TWO = new Member("n2", "http://127.0.0.1:7072");

    /** The coordination of one node, not joined. */
    Coordination first();

    /** The coordination of another node of the same cluster or data directory, not joined. */
    Coordination second();

    /** The monotonic clock both measure trust with. */
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
    default void leavingEndsEverything() {
        first().join(ONE);
        first().tryOwn(0);
        first().close();
        assertFalse(trusted(first(), 0));
        assertThrows(CoordinationException.class, () -> first().tryOwn(0));
        second().join(TWO);
        assertEquals(List.of(TWO), second().members());
        assertEquals(Optional.empty(), second().owner(0));
        assertTrue(second().tryOwn(0));
        assertTrue(trusted(second(), 0));
        assertFalse(trusted(first(), 0));
    }

    @Test
    default void twoNodesNeverOwnOnePartition() {
        first().join(ONE);
        assertTrue(first().tryOwn(0));
        try {
            second().join(TWO);
            assertFalse(second().tryOwn(0));
            assertEquals(Optional.of(ONE), second().owner(0).map(Ownership::owner));
            second().release(0);
            assertEquals(2, first().members().size());
        } catch (CoordinationException e) {
            assertTrue(String.valueOf(e.getMessage()).contains(ONE.id()), "it says who has it: " + e.getMessage());
        }
        assertFalse(trusted(second(), 0));
        assertTrue(trusted(first(), 0));
    }
}
