package dev.kalends.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.lease.Coordination;
import dev.kalends.lease.CoordinationException;
import dev.kalends.lease.CoordinationTerms;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** What a {@link Coordination} of several nodes promises when one of them is cut off from the service. */
public interface CutOffContract extends SharedCoordinationContract {
    /** How much later than its TTL a membership may end at the service. */
    long slackMs();

    /** The terms that all nodes were made with. */
    CoordinationTerms terms();

    /** How much earlier than its TTL a membership is not trusted any more. */
    long marginMs();

    /** Nothing passes between the first node and the service any more. */
    void cutFirst();

    /** What the first node says arrives, what the service answers does not. */
    void holdAnswersToFirst();

    /** Ends {@link #cutFirst} and {@link #holdAnswersToFirst}; what was held up arrives. */
    void healFirst();

    /** Lets time pass, in which nodes keep themselves alive, until something is so. Fails when it takes too long. */
    void await(BooleanSupplier something);

    private boolean trusted(Coordination coordination, int partition) {
        return coordination.trusted(partition, monotonicNowNs());
    }

    private long sinceMs(long startNs) {
        return TimeUnit.NANOSECONDS.toMillis(monotonicNowNs() - startNs);
    }

    /** Whether the second node got the partition; never while the first still believes in its own. */
    private boolean taken(int partition) {
        boolean took = second().tryOwn(partition);
        assertFalse(took && trusted(first(), partition), "two are trusted with one partition");
        return took;
    }

    @Test
    default void whatADeadMemberOwnedIsFreeWithinItsTtl() {
        first().join(ONE);
        second().join(TWO);
        first().tryOwn(0);
        first().tryOwn(5);
        long startNs = monotonicNowNs();
        cutFirst();
        await(() -> taken(0));
        long tookMs = sinceMs(startNs);
        assertTrue(tookMs <= terms().ttlMs() + slackMs(), "tookMs=" + tookMs);
        assertTrue(second().tryOwn(5));
        assertEquals(Optional.empty(), second().look().standing("n1"));
    }

    @Test
    default void whoWasAwayTooLongComesBackByItselfWithNothing() {
        first().join(ONE);
        second().join(TWO);
        first().tryOwn(0);
        long tenure = second().look().standing("n1").orElseThrow().tenure();
        cutFirst();
        await(() -> !trusted(first(), 0));
        await(() -> second().look().standing("n1").isEmpty());
        assertTrue(second().tryOwn(0));
        healFirst();
        await(() -> second().look()
                .standing("n1")
                .filter(standing -> standing.tenure() != tenure)
                .isPresent());
        await(() -> owns(first(), 1));
        assertTrue(trusted(first(), 1));
        assertFalse(trusted(first(), 0));
        assertFalse(first().tryOwn(0));
        assertTrue(trusted(second(), 0));
    }

    /** Answers that are late do not prolong trust, though the service has renewed the lease all the while. */
    @Test
    default void trustCountsFromSendingNotFromTheAnswer() {
        first().join(ONE);
        second().join(TWO);
        first().tryOwn(0);
        holdAnswersToFirst();
        long heldNs = monotonicNowNs();
        await(() -> !trusted(first(), 0));
        long trustedMs = sinceMs(heldNs);
        assertTrue(trustedMs <= terms().ttlMs() - marginMs() + POLL_MS, "trustedMs=" + trustedMs);
        assertFalse(second().tryOwn(0));
        healFirst();
        await(() -> trusted(first(), 0) || owns(first(), 0));
    }

    /** How late {@link #await} may notice. */
    long POLL_MS = 250;

    private static boolean owns(Coordination coordination, int partition) {
        try {
            return coordination.tryOwn(partition);
        } catch (CoordinationException e) {
            return false; // not a member again yet
        }
    }
}
