package dev.kalends.partition;

import static dev.kalends.partition.Partition.HOUR;
import static dev.kalends.partition.Partition.MINUTE;
import static dev.kalends.partition.Partition.SECOND;
import static dev.kalends.partition.Partition.T0;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.kalends.api.ErrorCode;
import dev.kalends.job.JobId;
import dev.kalends.job.Overlap;
import dev.kalends.job.Run;
import dev.kalends.job.RunKind;
import dev.kalends.testing.Recipe;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Runs made up for on request: metered, bounded, and behind every scheduled run. */
final class BackfillTest {
    private final Partition partition = new Partition();

    private Reply begin(JobId job, long fromMs, long untilMs, int perSec) {
        return partition.decide(new Command.Backfill(partition.requestId(), job, fromMs, untilMs, perSec));
    }

    private void tend(long passedMs) {
        partition.decide(new Command.Tend(passedMs));
    }

    private long made(JobId job) {
        return partition.open(job).stream()
                .filter(run -> run.id().kind() == RunKind.BACKFILL)
                .count();
    }

    @Test
    void makesARunForEachInstantAtItsRate() {
        JobId job = partition.submit(Recipe.cron("0 * * * *").overlap(Overlap.ALLOW));
        begin(job, T0 - 10 * HOUR, T0, 4);
        tend(SECOND);
        assertEquals(4, made(job));
        tend(2 * SECOND);
        assertEquals(10, made(job));
        tend(SECOND);
        assertEquals(10, made(job));
        assertEquals(List.of(), partition.store.backfills());
        Run first = partition.open(job, 0);
        assertEquals(job + "@20260228T140000Z.b1", first.id().toString());
        assertEquals(10, partition.claim(20).size());
    }

    @Test
    void anotherOneHasTheNextNumber() {
        JobId job = partition.submit(Recipe.cron("0 * * * *").overlap(Overlap.ALLOW));
        begin(job, T0 - HOUR, T0, 5);
        tend(SECOND);
        partition.succeed(partition.claimOne());
        begin(job, T0 - HOUR, T0, 5);
        tend(SECOND);
        assertEquals(2, partition.open(job, 0).id().number());
    }

    @Test
    void oneAfterTheOtherWhereRunsMayNotOverlap() {
        JobId job = partition.submit(Recipe.cron("0 * * * *"));
        begin(job, T0 - 3 * HOUR, T0, 100);
        tend(SECOND);
        for (int i = 0; i < 3; i++) {
            List<Reply.Granted> grants = partition.claim(9);
            assertEquals(1, grants.size());
            partition.succeed(grants.getFirst().run());
        }
        assertEquals(List.of(), partition.open(job));
        assertEquals(List.of(), partition.ledger(job), "the ledger is of scheduled fires");
    }

    @Test
    void aScheduledFireIsNotLostToABackfill() {
        JobId job = partition.submit(Recipe.cron("* * * * *"));
        begin(job, T0 - 5 * MINUTE, T0, 100);
        tend(SECOND);
        Run executing = partition.claimOne();
        assertEquals(RunKind.BACKFILL, executing.id().kind());
        partition.advance(MINUTE).fireDue();
        assertEquals(List.of(), partition.ledger(job), "it is not skipped");
        partition.succeed(executing);
        assertEquals(RunKind.SCHEDULED, partition.claimOne().id().kind(), "and it goes first");
    }

    @Test
    void aScheduledFireGoesBeforeABackfillThatWaitsForAWorker() {
        JobId job = partition.submit(Recipe.cron("* * * * *"));
        begin(job, T0 - 5 * MINUTE, T0, 100);
        tend(SECOND);
        partition.advance(MINUTE).fireDue();
        Run first = partition.claimOne();
        assertEquals(RunKind.SCHEDULED, first.id().kind());
        assertEquals(List.of(), partition.claim(5), "the backfill waits its turn");
        partition.succeed(first);
        assertEquals(RunKind.BACKFILL, partition.claimOne().id().kind());
    }

    @Test
    void aScheduledFireDoesNotWaitForTheRetryOfABackfill() {
        JobId job = partition.submit(Recipe.cron("* * * * *").backoff(10 * MINUTE, 10 * MINUTE));
        begin(job, T0 - 2 * MINUTE, T0, 100);
        tend(SECOND);
        Run backfill = partition.claimOne();
        partition.advance(MINUTE).fireDue();
        partition.fail(backfill);
        Run scheduled = partition.claimOne();
        assertEquals(RunKind.SCHEDULED, scheduled.id().kind(), "it waited for what executed, not for its retry");
        partition.run(10 * MINUTE, MINUTE);
        assertEquals(List.of(), partition.claim(5), "the retry is due and waits for the run that executes");
        partition.succeed(scheduled);
        assertEquals(1, partition.claim(5).size());
    }

    @Test
    void openRunsAreBounded() {
        JobId job = partition.submit(Recipe.cron("* * * * * *").overlap(Overlap.ALLOW));
        begin(job, T0 - HOUR, T0, 1_000);
        tend(2 * SECOND);
        assertEquals(BackfillDecider.OPEN_MAX, made(job));
        tend(2 * SECOND);
        assertEquals(BackfillDecider.OPEN_MAX, made(job));
        partition.succeed(partition.claimOne());
        tend(SECOND);
        assertEquals(BackfillDecider.OPEN_MAX, made(job));
    }

    @Test
    void aNewLeaderGoesOn() {
        JobId job = partition.submit(Recipe.cron("0 * * * *").overlap(Overlap.ALLOW));
        begin(job, T0 - 10 * HOUR, T0, 4);
        tend(SECOND);
        partition.down(MINUTE);
        tend(SECOND);
        assertEquals(8, made(job));
    }

    @Test
    void cancelEndsItAndWhatWaits() {
        JobId job = partition.submit(Recipe.cron("0 * * * *"));
        begin(job, T0 - 10 * HOUR, T0, 5);
        tend(SECOND);
        Run executing = partition.claimOne();
        partition.decide(new Command.CancelBackfill(partition.requestId(), job));
        assertEquals(
                List.of(executing.id()),
                partition.open(job).stream().map(Run::id).toList());
        tend(SECOND);
        assertEquals(1, made(job));
    }

    @Test
    void cancellingTheJobEndsIt() {
        JobId job = partition.submit(Recipe.cron("0 * * * *"));
        begin(job, T0 - 10 * HOUR, T0, 5);
        tend(SECOND);
        partition.cancel(job, Command.Stop.LET_FINISH);
        tend(SECOND);
        assertEquals(0, made(job));
        assertEquals(List.of(), partition.store.backfills());
    }

    @Test
    void refusals() {
        JobId job = partition.submit(Recipe.cron("* * * * * *"));
        JobId once = partition.submit(Recipe.in(HOUR));
        assertEquals(ErrorCode.INVALID, refused(begin(once, T0 - HOUR, T0, 5)));
        assertEquals(ErrorCode.INVALID, refused(begin(job, T0 + HOUR, T0 + 2 * HOUR, 5)));
        assertEquals(ErrorCode.INVALID, refused(begin(job, T0 - 30 * HOUR, T0, 5)), "too many");
        begin(job, T0 - MINUTE, T0, 5);
        assertEquals(ErrorCode.CONFLICT, refused(begin(job, T0 - MINUTE, T0, 5)));
    }

    private static ErrorCode refused(Reply reply) {
        return assertInstanceOf(Reply.Refused.class, reply).code();
    }
}
