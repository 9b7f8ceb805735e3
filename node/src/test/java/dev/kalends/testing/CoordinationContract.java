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
    default void leavingEndsEverything() {
        first().join(ONE);
        first().tryOwn(0);
        first().close();
        assertFalse(trusted(first(), 0));
        assertThrows(CoordinationException.class, () -> first().tryOwn(0));
    }
}
