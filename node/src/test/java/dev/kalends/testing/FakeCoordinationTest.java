package dev.kalends.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.lease.Coordination;
import dev.kalends.lease.CoordinationException;
import dev.kalends.lease.CoordinationTerms;
import dev.kalends.lease.Fitness;
import dev.kalends.time.VirtualClock;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

final class FakeCoordinationTest implements CutOffContract {
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
    public Coordination third() {
        return cluster.node();
    }

    @Override
    public long slackMs() {
        return 100;
    }

    @Override
    public CoordinationTerms terms() {
        return CoordinationTerms.ofTtl(TTL_MS);
    }

    @Override
    public long marginMs() {
        return FakeCluster.MARGIN_MS;
    }

    @Override
    public void cutFirst() {
        one.cutOff();
    }

    @Override
    public void holdAnswersToFirst() {
        one.leases().loseAnswers(true);
    }

    @Override
    public void healFirst() {
        one.reconnect();
        one.leases().loseAnswers(false);
    }

    @Override
    public void await(BooleanSupplier something) {
        for (int step = 0; !something.getAsBoolean(); step++) {
            assertTrue(step < 1_000, "it takes too long; steps=" + step);
            clock.advance(50);
            one.keepAlive();
            two.keepAlive();
        }
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

    /** The way there takes nothing and the way back two seconds. */
    @Test
    void aLateAnswerGivesTrustFromWhenItWasAskedFor() {
        one.join(ONE);
        one.tryOwn(0);
        clock.advance(1_000);
        one.leases().onTheWayBack(() -> clock.advance(2_000));
        one.renew();
        clock.advance(TTL_MS - FakeCluster.MARGIN_MS - 2_000 - 1);
        assertTrue(one.trusted(0, monotonicNowNs()));
        clock.advance(1);
        assertFalse(one.trusted(0, monotonicNowNs()));
    }

    /** It arrives when its own window is over: the lease lives, the trust does not. */
    @Test
    void anAnswerThatIsTooLateGivesNoTrust() {
        one.join(ONE);
        one.tryOwn(0);
        two.join(TWO);
        one.leases().onTheWayBack(() -> clock.advance(TTL_MS - FakeCluster.MARGIN_MS));
        one.renew();
        assertFalse(one.trusted(0, monotonicNowNs()));
        assertThrows(CoordinationException.class, () -> one.tryOwn(0));
        two.renew();
        assertFalse(two.tryOwn(0));
        one.leases().onTheWayBack(() -> {});
        one.renew();
        assertTrue(one.trusted(0, monotonicNowNs()));
    }

    /** Others have read it; whoever takes it back must not think that they have not. */
    @Test
    void aWordWhoseAnswerWasLostIsTakenBackAllTheSame() {
        one.join(ONE);
        two.join(TWO);
        one.leases().loseAnswers(true);
        one.declare(Fitness.none("draining"));
        one.leases().loseAnswers(false);
        assertEquals(Fitness.none("draining"), declaredByOne());
        one.declare(Fitness.ALL);
        assertEquals(Fitness.ALL, declaredByOne());
    }

    private Fitness declaredByOne() {
        return two.look().standing(ONE.id()).orElseThrow().fitness();
    }

    @Test
    void whatCouldNotBeGivenBackIsGivenBackLater() {
        one.join(ONE);
        two.join(TWO);
        one.tryOwn(0);
        one.cutOff();
        one.release(0);
        assertFalse(one.trusted(0, monotonicNowNs()));
        assertFalse(two.tryOwn(0));
        one.reconnect();
        one.look();
        assertTrue(two.tryOwn(0));
    }

    @Test
    void whatIsTakenAgainIsNotGivenBackLater() {
        one.join(ONE);
        one.tryOwn(0);
        one.cutOff();
        one.release(0);
        one.reconnect();
        assertTrue(one.tryOwn(0));
        one.look();
        assertEquals(Optional.of(ONE), one.owner(0).map(Coordination.Ownership::owner));
        assertTrue(one.trusted(0, monotonicNowNs()));
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

    @Test
    void theLastConfirmationIsAsOldAsItsRequest() {
        one.join(new Coordination.Member("n1", "http://n1"));
        assertTrue(one.tryOwn(0));
        clock.advance(1_200);
        assertEquals(1_200, one.confirmedAgoMs(0, clock.monotonic().nowNs()));
        assertEquals(1_201, one.confirmedAgoMs(0, clock.monotonic().nowNs() + 1), "rounded up");
        one.renew();
        assertEquals(0, one.confirmedAgoMs(0, clock.monotonic().nowNs()));
        assertEquals(0, one.confirmedAgoMs(1, clock.monotonic().nowNs()), "not owned");
    }
}
