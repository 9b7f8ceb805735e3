package dev.kalends.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.lease.Coordination;
import dev.kalends.lease.CoordinationException;
import dev.kalends.time.VirtualClock;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class FakeCoordinationTest implements SharedCoordinationContract {
    private static final long TTL_MS = 5_000;

    private final VirtualClock clock = new VirtualClock(Samples.T0);
    private final FakeCluster cluster = new FakeCluster(clock.monotonic(), TTL_MS);
    private final FakeCoordination one = cluster.node();
    private final FakeCoordination two = cluster.node();

    @Override
    public Coordination first() {
        return one;
    }

    @Override
    public Coordination second() {
        return two;
    }

    @Override
    public long monotonicNowNs() {
        return clock.monotonic().nowNs();
    }

    @Test
    void trustEndsBeforeTheMembershipDoes() {
        one.join(ONE);
        two.join(TWO);
        one.tryOwn(0);
        one.cutOff();
        assertThrows(CoordinationException.class, one::renew);
        clock.advance(TTL_MS - FakeCluster.MARGIN_MS - 1);
        assertTrue(one.trusted(0, monotonicNowNs()));
        two.renew();
        clock.advance(1);
        assertFalse(one.trusted(0, monotonicNowNs()));
        assertFalse(two.tryOwn(0));
        clock.advance(FakeCluster.MARGIN_MS);
        assertTrue(two.tryOwn(0));
        one.reconnect();
        assertThrows(CoordinationException.class, one::renew);
        assertThrows(CoordinationException.class, () -> one.tryOwn(0));
        assertEquals(Optional.of(TWO), two.owner(0).map(Coordination.Ownership::owner));
    }

    @Test
    void renewingKeepsTrustAndAWallJumpDoesNotMatter() {
        one.join(ONE);
        one.tryOwn(0);
        for (int i = 0; i < 10; i++) {
            clock.advance(TTL_MS / 2);
            clock.jumpWall(86_400_000);
            one.renew();
        }
        assertTrue(one.trusted(0, monotonicNowNs()));
    }
}
