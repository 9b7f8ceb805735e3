package dev.kalends.partition;

import static dev.kalends.partition.Partition.HOUR;
import static dev.kalends.partition.Partition.MINUTE;
import static dev.kalends.partition.Partition.SECOND;
import static dev.kalends.partition.Partition.T0;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.job.JobId;
import dev.kalends.job.JobPhase;
import dev.kalends.job.Run;
import dev.kalends.job.RunId;
import dev.kalends.job.RunState;
import dev.kalends.testing.Recipe;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Fires in time, and what bounds them. */
final class FireTest {
    private final Partition partition = new Partition();

    @Test
    void aOneOffFiresOnceAndIsFinished() {
        JobId job = partition.submit(Recipe.in(MINUTE));
        partition.advance(MINUTE).fireDue();
        RunId id = RunId.scheduled(job, T0 + MINUTE);
        assertEquals(RunState.READY, partition.open(job, 0).state());
        partition.fire(job);
        assertEquals(1, partition.open(job).size(), "a second timer changes nothing");
        partition.succeed(partition.claimOne());
        assertEquals(RunState.SUCCEEDED, partition.ended(id));
        assertEquals(Optional.of(JobPhase.FINISHED), partition.phase(job));
        partition.fire(job);
        assertEquals(List.of(), partition.open(job), "a late timer changes nothing");
    }

    @Test
    void aTimerThatComesTooEarlyIsArmedAgain() {
        JobId job = partition.submit(Recipe.in(MINUTE));
        partition.advance(MINUTE - 1).fire(job);
        assertEquals(List.of(), partition.open(job));
        assertEquals(List.of(new Effect.ArmJob(T0 + MINUTE, job)), partition.effects(Effect.ArmJob.class));
    }

    @Test
    void aRepeatingJobMovesOnInTheSameBatch() {
        JobId job = partition.submit(Recipe.every(MINUTE));
        partition.advance(MINUTE).fire(job);
        assertEquals(RunId.scheduled(job, T0 + MINUTE), partition.open(job, 0).id());
        assertEquals(List.of(new Effect.ArmJob(T0 + 2 * MINUTE, job)), partition.effects(Effect.ArmJob.class));
        assertEquals(T0 + MINUTE, partition.store.state(job).orElseThrow().lastNominalMs());
    }

    @Test
    void cronFiresWhenItsExpressionSays() {
        JobId job = partition.submit(Recipe.cron("*/15 * * * *"));
        partition.run(HOUR, MINUTE);
        assertEquals(4, partition.store.state(job).orElseThrow().fired());
    }

    @Test
    void successesInARowAreOneLine() {
        JobId job = partition.submit(Recipe.every(MINUTE));
        for (int i = 0; i < 5; i++) {
            partition.advance(MINUTE).fireDue();
            partition.succeed(partition.claimOne());
        }
        assertEquals(List.of("60..300 x5 succeeded"), partition.ledger(job));
    }

    @Test
    void aFireSeveralPeriodsLateDecidesEachInstant() {
        JobId job = partition.submit(Recipe.every(MINUTE));
        partition.advance(3 * MINUTE + SECOND).fireDue();
        assertEquals(List.of("120..180 x2 skipped"), partition.ledger(job), "an earlier run is open");
        assertEquals(1, partition.open(job).size());
    }

    @Test
    void maxRunsEndsTheJob() {
        JobId job = partition.submit(Recipe.every(MINUTE).maxRuns(2));
        for (int i = 0; i < 2; i++) {
            partition.advance(MINUTE).fireDue();
            partition.succeed(partition.claimOne());
        }
        assertEquals(Optional.of(JobPhase.FINISHED), partition.phase(job));
        assertEquals(List.of("60..120 x2 succeeded"), partition.ledger(job));
    }

    @Test
    void untilEndsTheJobBeforeItsInstant() {
        JobId job = partition.submit(Recipe.every(MINUTE).until(T0 + 3 * MINUTE));
        for (int i = 0; i < 2; i++) {
            partition.advance(MINUTE).fireDue();
            partition.succeed(partition.claimOne());
        }
        partition.run(5 * MINUTE, MINUTE);
        assertEquals(List.of("60..120 x2 succeeded"), partition.ledger(job));
        assertEquals(Optional.of(JobPhase.FINISHED), partition.phase(job));
    }

    @Test
    void theLastFireMayBeSkippedAndTheJobStillEnds() {
        JobId job = partition.submit(Recipe.every(MINUTE).maxRuns(2));
        partition.run(2 * MINUTE, MINUTE);
        assertEquals(Optional.of(JobPhase.SCHEDULED), partition.phase(job), "a run is still open");
        partition.succeed(partition.claimOne());
        assertEquals(Optional.of(JobPhase.FINISHED), partition.phase(job));
    }

    @Test
    void aOneOffPastItsDeadlineIsMissedOnTheRecord() {
        JobId job = partition.submit(Recipe.in(MINUTE).deadline(10 * SECOND));
        partition.advance(MINUTE + 11 * SECOND).fireDue();
        assertEquals(RunState.MISSED, partition.ended(RunId.scheduled(job, T0 + MINUTE)));
        assertEquals(Optional.of(JobPhase.FINISHED), partition.phase(job));
    }

    @Test
    void theDeadlineCountsUntilTheFirstStart() {
        JobId job = partition.submit(Recipe.every(HOUR).deadline(10 * SECOND));
        partition.advance(HOUR).fireDue().advance(11 * SECOND);
        assertEquals(List.of(), partition.claim(1));
        assertEquals(List.of("3600..3600 x1 missed"), partition.ledger(job));
    }

    @Test
    void theDeadlineDoesNotCountForARetry() {
        partition.submit(Recipe.in(SECOND).deadline(10 * SECOND).backoff(60_000, 60_000));
        partition.advance(SECOND).fireDue();
        partition.fail(partition.claimOne());
        partition.advance(MINUTE).fireDue();
        assertEquals(2, partition.claimOne().attempt());
    }

    @Test
    void aFireOfAJobThatIsNoMoreIsNothing() {
        JobId job = partition.submit(Recipe.every(MINUTE));
        partition.cancel(job, Command.Stop.LET_FINISH);
        partition.advance(MINUTE).fire(job);
        partition.fire(JobId.of(1, 0, 12345));
        assertEquals(List.of(), partition.open(job));
    }

    @Test
    void splayDelaysTheFire() {
        JobId job = partition.submit(Recipe.every(HOUR).named("n").splay(10 * MINUTE));
        long dueMs =
                partition.store.state(job).orElseThrow().next().orElseThrow().dueMs();
        partition.advance(dueMs - 1 - T0).fireDue();
        assertTrue(partition.open(job).isEmpty());
        partition.advance(1).fireDue();
        Run run = partition.open(job, 0);
        assertEquals(T0 + HOUR, run.id().nominalMs());
        assertEquals(dueMs, run.times().dueMs());
        assertFalse(run.marks().catchUp());
    }
}
