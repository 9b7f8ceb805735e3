package dev.kalends.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class BackoffTest {
    private static final int RUNS = 2_000;

    @Test
    void waitsBetweenMinAndADoublingCeiling() {
        Backoff backoff = new Backoff(1_000, 60_000);
        for (int attempt = 1; attempt <= 20; attempt++) {
            long ceiling = attempt < 6 ? 1_000L << attempt : 60_000;
            long least = Long.MAX_VALUE;
            long most = 0;
            long sum = 0;
            for (int run = 0; run < RUNS; run++) {
                long wait = backoff.waitMs(run(run), attempt);
                least = Math.min(least, wait);
                most = Math.max(most, wait);
                sum += wait;
            }
            long range = ceiling - 1_000;
            assertTrue(least >= 1_000 && most <= ceiling, "attempt=" + attempt + " " + least + ".." + most);
            // Full jitter: the whole range is used, evenly.
            assertTrue(least < 1_000 + range / 50 && most > ceiling - range / 50, least + ".." + most);
            assertEquals(1_000 + range / 2.0, sum / (double) RUNS, range / 20.0);
        }
    }

    @Test
    void isTheSameForTheSameRunAndAttempt() {
        assertEquals(Backoff.DEFAULT.waitMs(run(1), 2), Backoff.DEFAULT.waitMs(run(1), 2));
    }

    /** Golden: replay must decide as the leader did, in every version. */
    @Test
    void keepsItsJitter() {
        assertEquals(10_958, Backoff.DEFAULT.waitMs(run(1), 1));
        assertEquals(29_534, Backoff.DEFAULT.waitMs(run(1), 2));
        assertEquals(367_207, Backoff.DEFAULT.waitMs(new RunId(JobId.of(0, 0, 9), 5_000, RunKind.MANUAL, 3), 7));
    }

    @Test
    void differsBetweenAttemptsAndManualRuns() {
        Backoff flat = new Backoff(1, 1L << 40);
        long second = flat.waitMs(run(1), 50);
        assertTrue(second != flat.waitMs(run(1), 51));
        assertTrue(second != flat.waitMs(new RunId(run(1).job(), run(1).nominalMs(), RunKind.MANUAL, 1), 50));
    }

    @Test
    void staysInBoundsAtTheExtremes() {
        assertEquals(0, new Backoff(0, 0).waitMs(run(1), 1));
        assertEquals(0, new Backoff(0, 1_000).waitMs(run(1), 1)); // twice nothing is nothing
        assertEquals(5_000, new Backoff(5_000, 5_000).waitMs(run(1), 100));
        Backoff widest = new Backoff(1, Limits.DURATION_MAX_MS);
        for (int attempt = 1; attempt <= Limits.ATTEMPTS_MAX; attempt++) {
            long wait = widest.waitMs(run(attempt), attempt);
            assertTrue(wait >= 1 && wait <= Limits.DURATION_MAX_MS, "attempt=" + attempt + " wait=" + wait);
        }
    }

    @Test
    void refusesBoundsInTheWrongOrder() {
        assertThrows(IllegalArgumentException.class, () -> new Backoff(2, 1));
        assertThrows(IllegalArgumentException.class, () -> new Backoff(-1, 1));
    }

    private static RunId run(int number) {
        return RunId.scheduled(JobId.of(0, 0, number), 1_772_953_200_000L + number * 1_000L);
    }
}
