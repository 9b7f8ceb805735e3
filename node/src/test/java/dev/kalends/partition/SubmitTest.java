package dev.kalends.partition;

import static dev.kalends.partition.Partition.DAY;
import static dev.kalends.partition.Partition.HOUR;
import static dev.kalends.partition.Partition.MINUTE;
import static dev.kalends.partition.Partition.SECOND;
import static dev.kalends.partition.Partition.T0;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.api.ErrorCode;
import dev.kalends.job.JobId;
import dev.kalends.job.JobPhase;
import dev.kalends.job.Limits;
import dev.kalends.job.Schedule;
import dev.kalends.testing.Recipe;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a submit makes, refuses and repeats. */
final class SubmitTest {
    private final Partition partition = new Partition();

    @Test
    void aOneOffLiesInTheSlotOfItsDay() {
        JobId job = partition.submit(Recipe.in(2 * DAY));
        assertEquals((T0 + 2 * DAY) / DAY, job.day());
        assertEquals(Optional.empty(), partition.store.state(job), "a waiting one-off needs no state");
        assertEquals(1, partition.store.counts("default").scheduled());
        assertEquals(List.of(new Effect.ArmJob(T0 + 2 * DAY, job)), partition.effects(Effect.ArmJob.class));
    }

    @Test
    void aRepeatingJobFiresFirstOnePeriodAfterAcceptance() {
        Reply.Line line = partition.submitLine(Recipe.every(HOUR));
        assertEquals(T0 + HOUR, line.nextDueMs());
        assertEquals(0, line.job().orElseThrow().day());
    }

    @Test
    void idsOfASlotFollowEachOtherAndAreNeverReused() {
        JobId first = partition.submit(Recipe.every(MINUTE));
        JobId second = partition.submit(Recipe.every(MINUTE));
        assertEquals(first.sequence() + 1, second.sequence());
        partition.cancel(second, Command.Stop.LET_FINISH);
        partition.advance(Limits.JOB_KEPT_MS);
        partition.decide(new Command.Sweep(List.of(), List.of(), List.of(), List.of(second)));
        assertEquals(
                second.sequence() + 1, partition.submit(Recipe.every(MINUTE)).sequence());
    }

    @Test
    void aOneOffInThePastIsDueNow() {
        assertEquals(T0, partition.submitLine(Recipe.at(T0 - DAY)).nextDueMs());
    }

    @Test
    void theSameRequestIdGetsTheSameAnswer() {
        Command.Submit submit =
                new Command.Submit("once", 1, List.of(Recipe.in(MINUTE).draft()));
        Reply first = partition.decide(submit);
        partition.advance(5 * SECOND);
        assertEquals(first, partition.decide(submit));
        assertEquals(1, partition.store.counts("default").scheduled());
    }

    @Test
    void theSameRequestIdInOneBatchGetsTheSameAnswer() {
        Command.Submit submit =
                new Command.Submit("once", 1, List.of(Recipe.in(MINUTE).draft()));
        List<Reply> replies = partition.together(submit, submit);
        assertEquals(replies.getFirst(), replies.getLast());
        assertEquals(1, partition.store.counts("default").scheduled());
    }

    @Test
    void aRequestIdWithAnotherBodyIsRefused() {
        partition.decide(new Command.Submit("r", 1, List.of(Recipe.in(MINUTE).draft())));
        Reply second = partition.decide(
                new Command.Submit("r", 2, List.of(Recipe.in(HOUR).draft())));
        assertEquals(
                ErrorCode.CONFLICT,
                assertInstanceOf(Reply.Refused.class, second).code());
        assertEquals(1, partition.store.counts("default").scheduled());
    }

    @Test
    void theSameKeyAndBodyFindTheJob() {
        JobId job = partition.submit(Recipe.every(HOUR).key("k"));
        Reply.Line again = partition.submitLine(Recipe.every(HOUR).key("k"));
        assertEquals(Optional.of(job), again.job());
        assertFalse(again.created());
        assertEquals(T0 + HOUR, again.nextDueMs());
    }

    @Test
    void theSameKeyWithAnotherBodyChangesNothing() {
        partition.submit(Recipe.every(HOUR).key("k").body(1));
        Reply.Line other = partition.submitLine(Recipe.every(DAY).key("k").body(2));
        assertEquals(ErrorCode.CONFLICT, other.refused().orElseThrow().code());
        assertEquals(1, partition.store.counts("default").scheduled());
    }

    @Test
    void aKeyOutlivesItsJobBySevenDays() {
        JobId job = partition.submit(Recipe.in(MINUTE).key("k"));
        partition.advance(MINUTE).fireDue();
        partition.succeed(partition.claimOne());
        partition.advance(Limits.KEY_KEPT_MS - SECOND);
        assertEquals(
                Optional.of(job),
                partition.submitLine(Recipe.in(MINUTE).key("k")).job());
        partition.advance(2 * SECOND);
        assertNotEquals(job, partition.submit(Recipe.in(MINUTE).key("k")));
    }

    @Test
    void aKeyCountsWithinTenantAndName() {
        JobId plain = partition.submit(Recipe.in(MINUTE).key("k"));
        assertNotEquals(plain, partition.submit(Recipe.in(MINUTE).key("k").named("n")));
        assertNotEquals(plain, partition.submit(Recipe.in(MINUTE).key("k").tenant("t")));
    }

    @Test
    void aNameIsTakenWhileItsJobLives() {
        JobId job = partition.submit(Recipe.every(HOUR).named("n"));
        Reply.Line taken = partition.submitLine(Recipe.every(HOUR).named("n"));
        assertEquals(ErrorCode.CONFLICT, taken.refused().orElseThrow().code());
        assertTrue(
                partition.submitLine(Recipe.every(HOUR).named("n").tenant("t")).created());
        partition.cancel(job, Command.Stop.LET_FINISH);
        assertNotEquals(job, partition.submit(Recipe.every(HOUR).named("n")));
    }

    @Test
    void aNameIsTakenWhileARunOfItsCancelledJobExecutes() {
        JobId job = partition.submit(Recipe.every(HOUR).named("n"));
        partition.advance(HOUR).fireDue();
        var run = partition.claimOne();
        partition.cancel(job, Command.Stop.LET_FINISH);
        assertTrue(partition.submitLine(Recipe.every(HOUR).named("n")).refused().isPresent());
        partition.succeed(run);
        assertTrue(partition.submitLine(Recipe.every(HOUR).named("n")).created());
    }

    @Test
    void linesOfABulkAreJudgedOneByOne() {
        Reply reply = partition.decide(new Command.Submit(
                "bulk",
                1,
                List.of(
                        Recipe.every(HOUR).named("a").draft(),
                        Recipe.every(HOUR).named("a").draft(),
                        Recipe.every(HOUR).named("b").draft())));
        List<Reply.Line> lines = assertInstanceOf(Reply.Submitted.class, reply).lines();
        assertEquals(
                List.of(true, false, true),
                lines.stream().map(Reply.Line::created).toList());
    }

    @Test
    void aScheduleThatNeverFiresIsRefused() {
        refusedAsInvalid(Recipe.cron("0 0 30 2 *"));
        refusedAsInvalid(Recipe.every(HOUR).until(T0 + HOUR));
        refusedAsInvalid(Recipe.every(HOUR).maxRuns(0));
        refusedAsInvalid(Recipe.at(200_000L * 366 * DAY));
    }

    private void refusedAsInvalid(Recipe recipe) {
        Reply.Line line = partition.submitLine(recipe);
        assertEquals(ErrorCode.INVALID, line.refused().orElseThrow().code());
        assertEquals(0, partition.store.counts("default").scheduled());
    }

    @Test
    void theWindowBoundsTheFirstFire() {
        assertEquals(
                T0 + 5 * HOUR,
                partition.submitLine(Recipe.every(HOUR).from(T0 + 5 * HOUR)).nextDueMs());
    }

    @Test
    void splayMovesTheDueInstantAndNotTheNominalOne() {
        JobId job = partition.submit(Recipe.every(HOUR).named("n").splay(10 * MINUTE));
        var next = partition.store.state(job).orElseThrow().next().orElseThrow();
        assertEquals(T0 + HOUR, next.nominalMs());
        long movedMs = next.dueMs() - next.nominalMs();
        assertTrue(movedMs > 0 && movedMs <= 10 * MINUTE, () -> "movedMs=" + movedMs);
    }

    @Test
    void aManualJobWaitsForATrigger() {
        JobId job = partition.submit(Recipe.manual());
        assertEquals(Optional.of(JobPhase.SCHEDULED), partition.phase(job));
        assertEquals(Optional.empty(), partition.store.state(job).orElseThrow().next());
    }

    @Test
    void aScheduleThatCannotBeReadIsRefused() {
        refusedAsInvalid(Recipe.cron("what is this"));
        refusedAsInvalid(Recipe.of(new Schedule.Every(1_000, Long.MAX_VALUE)));
        refusedAsInvalid(Recipe.at(-1));
    }
}
