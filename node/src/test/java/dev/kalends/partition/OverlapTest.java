package dev.kalends.partition;

import static dev.kalends.partition.Partition.MINUTE;
import static dev.kalends.partition.Partition.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.job.AttemptEnd;
import dev.kalends.job.JobId;
import dev.kalends.job.Overlap;
import dev.kalends.job.Run;
import dev.kalends.job.RunState;
import dev.kalends.job.StopAsked;
import dev.kalends.testing.Recipe;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a fire does while an earlier run of its job is open. */
final class OverlapTest {
    private final Partition partition = new Partition();

    private JobId firedTwice(Overlap overlap) {
        JobId job = partition.submit(Recipe.every(MINUTE).overlap(overlap));
        partition.run(2 * MINUTE, MINUTE);
        return job;
    }

    @Test
    void skipLeavesTheNewOneOut() {
        JobId job = firedTwice(Overlap.SKIP);
        assertEquals(1, partition.open(job).size());
        assertEquals(List.of("120..120 x1 skipped"), partition.ledger(job));
    }

    @Test
    void aRetryingRunIsOpenToo() {
        JobId job = partition.submit(Recipe.every(MINUTE).backoff(600_000, 600_000));
        partition.advance(MINUTE).fireDue();
        partition.fail(partition.claimOne());
        partition.advance(MINUTE).fireDue();
        assertEquals(RunState.RETRYING, partition.open(job, 0).state());
        assertEquals(List.of("120..120 x1 skipped"), partition.ledger(job));
    }

    @Test
    void allowRunsBoth() {
        JobId job = firedTwice(Overlap.ALLOW);
        assertEquals(2, partition.claim(5).size());
        assertEquals(2, partition.open(job).size());
    }

    @Test
    void queueLetsOneWaitAndSkipsFurtherOnes() {
        JobId job = firedTwice(Overlap.QUEUE);
        partition.advance(MINUTE).fireDue();
        assertEquals(2, partition.open(job).size());
        assertTrue(partition.open(job, 1).marks().held());
        assertEquals(List.of("180..180 x1 skipped"), partition.ledger(job));
        List<Reply.Granted> grants = partition.claim(5);
        assertEquals(1, grants.size(), "the waiting one cannot be claimed");
        partition.succeed(grants.getFirst().run());
        Run second = partition.claimOne();
        assertFalse(second.marks().held());
        partition.succeed(second);
        assertEquals(List.of("60..120 x2 succeeded", "180..180 x1 skipped"), partition.ledger(job));
    }

    @Test
    void aHeldRunIsReleasedHoweverTheOpenOneEnds() {
        JobId job = partition.submit(Recipe.every(MINUTE).overlap(Overlap.QUEUE).attempts(1));
        partition.run(2 * MINUTE, MINUTE);
        partition.lose(partition.claimOne());
        assertFalse(partition.open(job, 0).marks().held());
        assertEquals(List.of("60..60 x1 dead"), partition.ledger(job));
    }

    @Test
    void aHeldRunSurvivesANewLeader() {
        firedTwice(Overlap.QUEUE);
        partition.down(SECOND);
        List<Reply.Granted> grants = partition.claim(5);
        assertEquals(1, grants.size());
        partition.succeed(grants.getFirst().run());
        assertEquals(1, partition.claim(5).size());
    }

    @Test
    void replaceEndsAWaitingRun() {
        JobId job = firedTwice(Overlap.REPLACE);
        assertEquals(1, partition.open(job).size());
        assertEquals(List.of("60..60 x1 skipped"), partition.ledger(job));
        List<Reply.Granted> grants = partition.claim(5);
        assertEquals(1, grants.size());
        assertEquals(partition.open(job, 0).id(), grants.getFirst().run().id());
    }

    @Test
    void replaceStopsAnExecutingRunAndStartsAfterItsLease() {
        JobId job = partition.submit(Recipe.every(MINUTE).overlap(Overlap.REPLACE));
        partition.advance(MINUTE).fireDue();
        Run first = partition.claimOne();
        partition.advance(MINUTE).fireDue();
        assertEquals(StopAsked.BY_REPLACEMENT, partition.open(job, 0).marks().stop());
        assertEquals(List.of(), partition.claim(5), "the old lease has not ended");
        partition.report(first, AttemptEnd.CANCELLED, 143);
        assertEquals(List.of("60..60 x1 skipped"), partition.ledger(job));
        partition.succeed(partition.claimOne());
        assertEquals(List.of("60..60 x1 skipped", "120..120 x1 succeeded"), partition.ledger(job));
    }

    @Test
    void aReplacedRunThatSucceedsAllTheSameHasSucceeded() {
        JobId job = partition.submit(Recipe.every(MINUTE).overlap(Overlap.REPLACE));
        partition.advance(MINUTE).fireDue();
        Run first = partition.claimOne();
        partition.advance(MINUTE).fireDue();
        partition.succeed(first);
        assertEquals(List.of("60..60 x1 succeeded"), partition.ledger(job));
        assertEquals(1, partition.claim(5).size());
    }

    @Test
    void replaceKeepsOnlyTheNewestOfThoseThatWait() {
        JobId job = partition.submit(Recipe.every(MINUTE).overlap(Overlap.REPLACE));
        partition.advance(MINUTE).fireDue();
        Run first = partition.claimOne();
        partition.run(3 * MINUTE, MINUTE);
        assertEquals(2, partition.open(job).size());
        partition.lose(first);
        List<String> skipped = List.of("60..60 x1 skipped", "120..180 x2 skipped");
        assertEquals(skipped, partition.ledger(job), "two lines, because the lost lease is part of the reason");
        partition.succeed(partition.claimOne());
        assertEquals("240..240 x1 succeeded", partition.ledger(job).getLast());
    }

    @Test
    void replaceDropsARetry() {
        JobId job =
                partition.submit(Recipe.every(MINUTE).overlap(Overlap.REPLACE).backoff(600_000, 600_000));
        partition.advance(MINUTE).fireDue();
        partition.fail(partition.claimOne());
        partition.advance(MINUTE).fireDue();
        assertEquals(List.of("60..60 x1 cancelled"), partition.ledger(job));
        assertEquals(1, partition.claim(5).size());
    }
}
