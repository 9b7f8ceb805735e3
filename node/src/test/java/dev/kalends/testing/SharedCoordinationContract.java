package dev.kalends.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.lease.Coordination;
import dev.kalends.lease.Coordination.Member;
import dev.kalends.lease.Coordination.Ownership;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a {@link Coordination} of several nodes promises while they are well. */
public interface SharedCoordinationContract extends CoordinationContract {
    Member TWO = new Member("n2", "http://127.0.0.1:7072");

    /** The coordination of another node of the same cluster, not joined. */
    Coordination second();

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
}
