package dev.kalends.partition;

import static dev.kalends.partition.Partition.MINUTE;
import static dev.kalends.partition.Partition.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.job.AttemptEnd;
import dev.kalends.job.DeadLetter;
import dev.kalends.job.JobId;
import dev.kalends.job.OnLost;
import dev.kalends.job.Run;
import dev.kalends.job.RunState;
import dev.kalends.testing.Recipe;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Failed attempts: the next one, or the end. */
final class RetryTest {
    private final Partition partition = new Partition();

    private Run claimed(Recipe recipe) {
        partition.submit(recipe);
        partition.advance(SECOND).fireDue();
        return partition.claimOne();
    }

    private DeadLetter letter(Run run) {
        return partition.store.dead(run.id()).orElseThrow();
    }

    /** The waits between the attempts of a run that always fails. */
    private List<Long> waits(Recipe recipe) {
        Run run = claimed(recipe);
        List<Long> waits = new ArrayList<>();
        while (partition.store.run(run.id()).isPresent()) {
            partition.fail(partition.store.run(run.id()).orElseThrow());
            Optional<Run> retrying = partition.store.run(run.id());
            if (retrying.isPresent()) {
                long waitMs = retrying.get().wakeMs() - partition.now();
                waits.add(waitMs);
                partition.advance(waitMs - 1).fireDue();
                assertEquals(
                        RunState.RETRYING,
                        partition.store.run(run.id()).orElseThrow().state());
                partition.advance(1).fireDue();
                partition.claimOne();
            }
        }
        return waits;
    }

    @Test
    void waitsGrowAreCappedAndJittered() {
        Set<Long> firstWaits = new HashSet<>();
        for (int i = 0; i < 10; i++) {
            List<Long> waits = waits(Recipe.in(SECOND).attempts(8).backoff(1_000, 20_000));
            assertEquals(7, waits.size());
            firstWaits.add(waits.getFirst());
            for (int n = 1; n <= waits.size(); n++) {
                long ceiling = Math.min(20_000, 1_000L << n);
                long waitMs = waits.get(n - 1);
                assertTrue(waitMs >= 1_000 && waitMs <= ceiling, "attempt=" + n + " waitMs=" + waitMs);
            }
        }
        assertTrue(firstWaits.size() > 3, "jittered: " + firstWaits);
    }

    @Test
    void waitsAreThoseOfTheRunAndRepeatable() {
        Run run = claimed(Recipe.in(SECOND).backoff(1_000, 60_000));
        partition.fail(run);
        long wakeMs = partition.store.run(run.id()).orElseThrow().wakeMs();
        Partition again = new Partition();
        again.submit(Recipe.in(SECOND).backoff(1_000, 60_000));
        again.advance(SECOND).fireDue();
        again.fail(again.claimOne());
        assertEquals(wakeMs, again.store.run(run.id()).orElseThrow().wakeMs());
    }

    @Test
    void attemptsUsedUpMakeADeadLetter() {
        Run run = claimed(Recipe.in(SECOND).attempts(3));
        partition.fail(run);
        partition.exhaust(run.id());
        assertEquals(RunState.DEAD, partition.ended(run.id()));
        assertEquals("exit 1", letter(run).error());
        assertEquals(3, letter(run).run().attempts().size());
        assertEquals(1, partition.store.counts("default").dead());
    }

    @Test
    void aLostLeaseCountsAsAnAttempt() {
        Run run = claimed(Recipe.in(SECOND).attempts(2));
        partition.lose(run);
        assertEquals(
                AttemptEnd.LOST,
                partition
                        .store
                        .run(run.id())
                        .orElseThrow()
                        .attempts()
                        .getFirst()
                        .end());
        partition.exhaust(run.id());
        assertEquals(2, letter(run).run().attempts().size());
    }

    @Test
    void onLostFailEndsAtOnce() {
        Run run = claimed(Recipe.in(SECOND).onLost(OnLost.FAIL));
        partition.lose(run);
        assertEquals(RunState.DEAD, partition.ended(run.id()));
        assertTrue(letter(run).error().contains("on-lost"), letter(run).error());
    }

    @Test
    void onLostFailStillRetriesAFailure() {
        Run run = claimed(Recipe.in(SECOND).onLost(OnLost.FAIL));
        partition.fail(run);
        assertEquals(
                RunState.RETRYING, partition.store.run(run.id()).orElseThrow().state());
    }

    @Test
    void aFatalExitCodeEndsAtOnce() {
        Run run = claimed(Recipe.in(SECOND).exitCodes(List.of(), List.of(2)));
        partition.report(run, AttemptEnd.FAILED, 2);
        assertEquals(RunState.DEAD, partition.ended(run.id()));
    }

    @Test
    void onlyTheNamedExitCodesAreRetried() {
        Run first = claimed(Recipe.in(SECOND).exitCodes(List.of(75), List.of()));
        partition.report(first, AttemptEnd.FAILED, 75);
        assertEquals(
                RunState.RETRYING, partition.store.run(first.id()).orElseThrow().state());
        Run second = claimed(Recipe.in(SECOND).exitCodes(List.of(75), List.of()));
        partition.report(second, AttemptEnd.FAILED, 1);
        assertEquals(RunState.DEAD, partition.ended(second.id()));
    }

    @Test
    void aTimeoutIsRetried() {
        Run run = claimed(Recipe.in(SECOND).exitCodes(List.of(75), List.of()));
        partition.report(run, AttemptEnd.TIMED_OUT, 143);
        assertEquals(
                RunState.RETRYING, partition.store.run(run.id()).orElseThrow().state());
    }

    @Test
    void noRetryStartsAfterTheMaximalAge() {
        Run run = claimed(Recipe.in(SECOND).attempts(10).backoff(60_000, 60_000).maxAge(90_000));
        partition.fail(run);
        partition.advance(MINUTE).fireDue();
        partition.fail(partition.claimOne());
        assertEquals(RunState.DEAD, partition.ended(run.id()));
        assertTrue(letter(run).error().contains("too old"), letter(run).error());
    }

    @Test
    void theOtherSideMayAskToWaitLonger() {
        Run run = claimed(Recipe.in(SECOND).backoff(1_000, 100_000));
        long token = run.lease().orElseThrow().token();
        partition.decide(new Command.Report(
                "w1",
                List.of(new Finished(
                        run.id(),
                        1,
                        1,
                        token,
                        AttemptEnd.FAILED,
                        partition.now(),
                        partition.now(),
                        Optional.of(503),
                        Optional.of("HTTP 503"),
                        30_000))));
        assertEquals(30_000, partition.store.run(run.id()).orElseThrow().wakeMs() - partition.now());
    }

    @Test
    void fingerprintsGroupWhatDiffersInParticularsOnly() {
        String first = Fingerprint.of("exit 1: cannot open /tmp/a1 of order 17");
        assertEquals(first, Fingerprint.of("exit 1: cannot open /var/b of order 18"));
        assertNotEquals(first, Fingerprint.of("exit 2: cannot open /tmp/a1 of order 17"));
    }

    @Test
    void aRunThatAlwaysFailsBlocksNoOther() {
        JobId bad = partition.submit(Recipe.every(MINUTE).attempts(2));
        JobId good = partition.submit(Recipe.every(MINUTE));
        partition.advance(MINUTE).fireDue();
        for (Reply.Granted grant : partition.claim(5)) {
            if (grant.run().id().job().equals(bad)) {
                partition.fail(grant.run());
            } else {
                partition.succeed(grant.run());
            }
        }
        assertEquals(List.of("60..60 x1 succeeded"), partition.ledger(good));
        assertEquals(1, partition.store.counts("default").retrying());
    }
}
