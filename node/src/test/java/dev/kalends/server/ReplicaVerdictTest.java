package dev.kalends.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.api.PeerDigest;
import dev.kalends.api.ReplicaView;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said of replicas. */
final class ReplicaVerdictTest {
    private static PeerDigest told(String node, long position, String digest) {
        return new PeerDigest(4, node, "1", position, 10, digest);
    }

    private static ReplicaView judged(PeerDigest... told) {
        return ReplicaVerdict.of(4, 100, List.of(told), List.of());
    }

    @Test
    void differenceIsSaidOnlyAtOnePositionAndOneVersion() {
        assertEquals("same", judged(told("a", 100, "x"), told("b", 100, "x")).verdict());
        ReplicaView differs = judged(told("a", 100, "x"), told("b", 101, "x"), told("c", 100, "y"));
        assertEquals("differs", differs.verdict());
        assertEquals("a and c at position 100", differs.detail());
        ReplicaView moved = judged(told("a", 100, "x"), told("b", 101, "y"));
        assertEquals("not_compared", moved.verdict());
        assertTrue(ReplicaVerdict.moved(moved));
        ReplicaView versions = judged(told("a", 100, "x"), new PeerDigest(4, "b", "2", 100, 10, "y"));
        assertEquals("nodes of different versions", versions.detail());
        assertFalse(ReplicaVerdict.moved(versions));
    }

    @Test
    void whoIsBehindOrSilentIsNamed() {
        ReplicaView behind = judged(told("a", 100, "x"), told("b", 88, "y"));
        assertEquals("behind", behind.verdict());
        assertEquals("b by 12", behind.detail());
        ReplicaView silent = ReplicaVerdict.of(4, 100, List.of(told("a", 100, "x")), List.of("b"));
        assertEquals("silent", silent.verdict());
        ReplicaView large = judged(told("a", 100, "x"), new PeerDigest(4, "b", "1", 100, 300_000, null));
        assertEquals("not_compared", large.verdict());
        assertEquals("300000 jobs", large.detail());
    }
}
