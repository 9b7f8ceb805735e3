package dev.kalends.partition;

import static dev.kalends.partition.Partition.HOUR;
import static dev.kalends.partition.Partition.MINUTE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.api.ErrorCode;
import dev.kalends.job.JobId;
import dev.kalends.job.Limits;
import dev.kalends.job.Run;
import dev.kalends.testing.Recipe;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is past keeping is forgotten, and nothing else. */
final class SweepTest {
    private final Partition partition = new Partition();

    private JobId fired(Recipe recipe) {
        JobId job = partition.submit(recipe);
        partition.advance(MINUTE).fireDue();
        return job;
    }

    @Test
    void sweepForgetsWhatIsPastKeeping() {
        JobId job = partition.submit(Recipe.in(MINUTE).key("k"));
        partition.advance(MINUTE).fireDue();
        Run run = partition.claimOne();
        partition.succeed(run);
        partition.advance(Limits.JOB_KEPT_MS + HOUR);
        partition.decide(new Command.Sweep(
                partition.store.expiredRequests(partition.now(), 100),
                partition.store.expiredSubmitKeys(partition.now(), 100),
                List.of(),
                List.of(job)));
        assertEquals(Optional.empty(), partition.store.spec(job));
        assertEquals(Optional.empty(), partition.store.request("r1"));
        assertEquals(0, partition.store.counts("default").finished());
    }

    @Test
    void sweepKeepsAJobThatLives() {
        JobId waiting = partition.submit(Recipe.in(HOUR));
        JobId repeating = partition.submit(Recipe.every(MINUTE));
        partition.decide(new Command.Sweep(List.of(), List.of(), List.of(), List.of(waiting, repeating)));
        assertTrue(partition.store.spec(waiting).isPresent());
        assertTrue(partition.store.spec(repeating).isPresent());
    }

    @Test
    void aJobIsGoneForTheRestOfTheBatchThatForgetsIt() {
        JobId job = fired(Recipe.in(MINUTE).named("n"));
        partition.succeed(partition.claimOne());
        partition.advance(Limits.JOB_KEPT_MS);
        List<Reply> replies = partition.together(
                new Command.Sweep(List.of(), List.of(), List.of(), List.of(job)),
                new Command.Trigger("t", job, Command.Force.HEED));
        assertEquals(
                ErrorCode.NOT_FOUND,
                assertInstanceOf(Reply.Refused.class, replies.getLast()).code());
        assertEquals(List.of(), partition.open(job));
    }

    @Test
    void aJustCancelledJobIsNotForgotten() {
        JobId job = partition.submit(Recipe.in(HOUR));
        partition.cancel(job, Command.Stop.LET_FINISH);
        partition.decide(
                new Command.Sweep(List.of(), List.of(), List.of(), partition.store.forgottenJobs(Long.MAX_VALUE, 10)));
        assertTrue(partition.store.spec(job).isPresent(), "it can still be shown");
    }
}
