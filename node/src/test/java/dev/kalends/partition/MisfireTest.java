package dev.kalends.partition;

import static dev.kalends.partition.Partition.DAY;
import static dev.kalends.partition.Partition.HOUR;
import static dev.kalends.partition.Partition.MINUTE;
import static dev.kalends.partition.Partition.SECOND;
import static dev.kalends.partition.Partition.T0;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.job.CatchUp;
import dev.kalends.job.JobId;
import dev.kalends.job.JobPhase;
import dev.kalends.job.Overlap;
import dev.kalends.job.Run;
import dev.kalends.job.RunId;
import dev.kalends.testing.Recipe;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What becomes of fires that came due while nobody could fire. */
final class MisfireTest {
    private final Partition partition = new Partition();

    @Test
    void lastRunsTheLastOneAndMissesTheOthers() {
        JobId job = partition.submit(Recipe.every(MINUTE));
        partition.down(10 * MINUTE + SECOND).fireDue();
        assertEquals(List.of("60..540 x9 missed"), partition.ledger(job));
        Run run = partition.claimOne();
        assertEquals(RunId.scheduled(job, T0 + 10 * MINUTE), run.id());
        assertTrue(run.marks().catchUp());
        partition.succeed(run);
        assertEquals(List.of("60..540 x9 missed", "600..600 x1 succeeded"), partition.ledger(job));
    }

    @Test
    void lastMissesWhatIsOlderThanADayAndAPeriod() {
        JobId weekly = partition.submit(Recipe.every(7 * DAY));
        JobId hourly = partition.submit(Recipe.every(HOUR).until(T0 + 10 * HOUR));
        partition.down(9 * DAY).fireDue();
        assertEquals(1, partition.open(weekly).size(), "two days late is within its period");
        assertEquals(List.of(), partition.open(hourly));
        assertEquals(List.of("3600..32400 x9 missed"), partition.ledger(hourly));
        assertEquals(Optional.of(JobPhase.FINISHED), partition.phase(hourly));
    }

    @Test
    void noneMissesAll() {
        JobId job = partition.submit(Recipe.every(MINUTE).catchUp(CatchUp.NONE));
        partition.down(10 * MINUTE + SECOND).fireDue();
        assertEquals(List.of("60..600 x10 missed"), partition.ledger(job));
        assertEquals(List.of(), partition.open(job));
        partition.advance(MINUTE).fireDue();
        assertEquals(1, partition.open(job).size(), "it goes on as usual");
    }

    @Test
    void allRunsEachOneAfterTheOther() {
        JobId job = partition.submit(Recipe.every(MINUTE).catchUp(CatchUp.ALL));
        partition.down(3 * MINUTE + SECOND).fireDue();
        assertEquals(3, partition.open(job).size());
        for (int minute = 1; minute <= 3; minute++) {
            List<Reply.Granted> grants = partition.claim(5);
            assertEquals(1, grants.size());
            assertEquals(T0 + minute * MINUTE, grants.getFirst().run().id().nominalMs());
            partition.succeed(grants.getFirst().run());
        }
        assertEquals(List.of("60..180 x3 succeeded"), partition.ledger(job));
    }

    @Test
    void allIsCapped() {
        JobId job = partition.submit(Recipe.every(SECOND).catchUp(CatchUp.ALL));
        partition.down(1_500 * SECOND + 1).fireDue();
        assertEquals(PastFires.RUNS_MAX, partition.open(job).size());
        assertEquals(List.of("1..500 x500 missed"), partition.ledger(job));
    }

    @Test
    void allWaitsBehindARunThatWasOpenBefore() {
        JobId job = partition.submit(Recipe.every(MINUTE).catchUp(CatchUp.ALL));
        partition.advance(MINUTE).fireDue();
        Run open = partition.claimOne();
        partition.down(2 * MINUTE + SECOND).fireDue();
        assertEquals(List.of(), partition.claim(5));
        partition.succeed(open);
        assertEquals(1, partition.claim(5).size());
        assertEquals(3, 1 + partition.open(job).size());
    }

    @Test
    void anOrdinaryFireDuringCatchUpFollowsTheOverlapPolicy() {
        JobId job = partition.submit(Recipe.every(MINUTE).catchUp(CatchUp.ALL).overlap(Overlap.QUEUE));
        partition.down(2 * MINUTE + SECOND).fireDue();
        partition.advance(MINUTE).fireDue();
        assertEquals(3, partition.open(job).size(), "two made up for, one that queues");
        partition.advance(MINUTE).fireDue();
        assertEquals(List.of("240..240 x1 skipped"), partition.ledger(job));
    }

    @Test
    void maxRunsCountsMissedFires() {
        JobId job = partition.submit(Recipe.every(MINUTE).maxRuns(3).catchUp(CatchUp.NONE));
        partition.down(HOUR).fireDue();
        assertEquals(List.of("60..180 x3 missed"), partition.ledger(job));
        assertEquals(Optional.of(JobPhase.FINISHED), partition.phase(job));
    }

    @Test
    void aOneOffStillFires() {
        JobId job = partition.submit(Recipe.in(MINUTE));
        partition.down(3 * DAY).fireDue();
        assertTrue(partition.open(job, 0).marks().catchUp());
    }

    @Test
    void cronMisfiresAreCountedBySchedule() {
        JobId job = partition.submit(Recipe.cron("30 * * * *").catchUp(CatchUp.NONE));
        partition.down(5 * HOUR).fireDue();
        assertEquals(List.of("1800..16200 x5 missed"), partition.ledger(job));
    }

    @Test
    void splayIsPartOfTheDueInstant() {
        JobId job = partition.submit(Recipe.every(HOUR).named("n").splay(10 * MINUTE));
        long dueMs =
                partition.store.state(job).orElseThrow().next().orElseThrow().dueMs();
        partition.down(dueMs - 1 - T0).advance(1).fireDue();
        assertFalse(partition.open(job, 0).marks().catchUp(), "it came due while the leader served");
    }

    @Test
    void nothingFiresEarlyAfterTheClockWentBack() {
        partition.down(HOUR).advance(-HOUR);
        JobId job = partition.submit(Recipe.every(10 * MINUTE).catchUp(CatchUp.ALL));
        partition.advance(10 * MINUTE).fireDue();
        assertEquals(1, partition.open(job).size(), "only the instant that has come");
        assertEquals(List.of(), partition.ledger(job));
    }
}
