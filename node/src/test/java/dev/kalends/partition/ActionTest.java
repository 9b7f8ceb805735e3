package dev.kalends.partition;

import static dev.kalends.partition.Partition.HOUR;
import static dev.kalends.partition.Partition.MINUTE;
import static dev.kalends.partition.Partition.SECOND;
import static dev.kalends.partition.Partition.T0;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.api.ErrorCode;
import dev.kalends.job.AttemptEnd;
import dev.kalends.job.JobId;
import dev.kalends.job.JobPhase;
import dev.kalends.job.Overlap;
import dev.kalends.job.Run;
import dev.kalends.job.RunId;
import dev.kalends.job.RunState;
import dev.kalends.job.Tenant;
import dev.kalends.testing.Recipe;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What people do to jobs and runs. */
final class ActionTest {
    private final Partition partition = new Partition();

    private static Reply.Act act(Reply reply) {
        return assertInstanceOf(Reply.Acted.class, reply).acts().getFirst();
    }

    private static ErrorCode refused(Reply reply) {
        return assertInstanceOf(Reply.Refused.class, reply).code();
    }

    private Reply cancelRun(RunId run, Command.Stop stop) {
        return partition.decide(new Command.CancelRun(partition.requestId(), run, stop));
    }

    private Reply rerun(RunId run) {
        return partition.decide(new Command.Rerun(partition.requestId(), run));
    }

    private Reply redrive(RunId... runs) {
        return partition.decide(new Command.Redrive(partition.requestId(), List.of(runs)));
    }

    private JobId fired(Recipe recipe) {
        JobId job = partition.submit(recipe);
        partition.advance(MINUTE).fireDue();
        return job;
    }

    private RunId dead(Recipe recipe) {
        JobId job = fired(recipe.attempts(1));
        Run run = partition.claimOne();
        assertEquals(job, run.id().job());
        partition.fail(run);
        return run.id();
    }

    @Test
    void cancelOfAWaitingOneOff() {
        JobId job = partition.submit(Recipe.in(MINUTE));
        assertEquals(
                "cancelled", act(partition.cancel(job, Command.Stop.LET_FINISH)).outcome());
        partition.advance(MINUTE).fire(job);
        assertEquals(List.of(), partition.open(job));
        assertEquals(
                "already_cancelled",
                act(partition.cancel(job, Command.Stop.LET_FINISH)).outcome());
    }

    @Test
    void cancelOfAReadyRun() {
        JobId job = fired(Recipe.every(MINUTE));
        partition.cancel(job, Command.Stop.LET_FINISH);
        assertEquals(List.of(), partition.claim(1));
        assertEquals(List.of("60..60 x1 cancelled"), partition.ledger(job));
    }

    @Test
    void cancelOfARetryingRun() {
        JobId job = fired(Recipe.every(MINUTE));
        partition.fail(partition.claimOne());
        partition.cancel(job, Command.Stop.LET_FINISH);
        assertEquals(List.of("60..60 x1 cancelled"), partition.ledger(job));
        partition.run(HOUR, MINUTE);
        assertEquals(List.of(), partition.claim(1));
    }

    @Test
    void cancelOfHeldRuns() {
        JobId job = partition.submit(Recipe.every(MINUTE).overlap(Overlap.QUEUE));
        partition.run(2 * MINUTE, MINUTE);
        partition.cancel(job, Command.Stop.LET_FINISH);
        assertEquals(List.of("60..120 x2 cancelled"), partition.ledger(job));
        assertEquals(List.of(), partition.claim(5));
    }

    @Test
    void cancelLetsAnExecutingRunFinish() {
        JobId job = fired(Recipe.every(MINUTE));
        Run run = partition.claimOne();
        assertEquals(
                List.of(run.id()),
                act(partition.cancel(job, Command.Stop.LET_FINISH)).runs());
        partition.succeed(run);
        assertEquals(List.of("60..60 x1 succeeded"), partition.ledger(job));
        assertEquals(Optional.of(JobPhase.CANCELLED), partition.phase(job));
    }

    @Test
    void aCancelledJobsRunIsNotRetried() {
        JobId job = fired(Recipe.every(MINUTE));
        Run run = partition.claimOne();
        partition.cancel(job, Command.Stop.LET_FINISH);
        partition.fail(run);
        assertEquals(List.of("60..60 x1 cancelled"), partition.ledger(job));
    }

    @Test
    void cancelAsksTheWorkerToStop() {
        JobId job = fired(Recipe.every(MINUTE));
        Run run = partition.claimOne();
        partition.cancel(job, Command.Stop.STOP_RUNNING);
        assertEquals(1, partition.effects(Effect.AskToStop.class).size());
        Reply renewed = partition.decide(new Command.Renew(
                "w1",
                List.of(new Command.Held(run.id(), run.lease().orElseThrow().token(), -1))));
        assertEquals(new Reply.Renewed(List.of(), List.of(run.id())), renewed);
        partition.report(run, AttemptEnd.CANCELLED, 143);
        assertEquals(List.of("60..60 x1 cancelled"), partition.ledger(job));
    }

    @Test
    void aSuccessThatCameFirstWins() {
        JobId job = fired(Recipe.in(MINUTE));
        partition.succeed(partition.claimOne());
        assertEquals(
                "already_finished",
                act(partition.cancel(job, Command.Stop.STOP_RUNNING)).outcome());
        assertEquals(Optional.of(JobPhase.FINISHED), partition.phase(job));
    }

    @Test
    void cancelOfAnUnknownJob() {
        assertEquals(ErrorCode.NOT_FOUND, refused(partition.cancel(JobId.of(1, 0, 9), Command.Stop.LET_FINISH)));
    }

    @Test
    void cancelOfOneRun() {
        JobId job = fired(Recipe.every(MINUTE));
        RunId run = partition.open(job, 0).id();
        assertEquals("cancelled", act(cancelRun(run, Command.Stop.LET_FINISH)).outcome());
        assertEquals(
                "already_cancelled",
                act(cancelRun(run, Command.Stop.LET_FINISH)).outcome());
        assertEquals(Optional.of(JobPhase.SCHEDULED), partition.phase(job), "the job goes on");
        partition.advance(MINUTE).fireDue();
        assertEquals(1, partition.open(job).size());
    }

    @Test
    void cancelOfAnExecutingRunNeedsRunning() {
        fired(Recipe.every(MINUTE));
        Run run = partition.claimOne();
        assertEquals(ErrorCode.CONFLICT, refused(cancelRun(run.id(), Command.Stop.LET_FINISH)));
        assertEquals(
                "cancelling",
                act(cancelRun(run.id(), Command.Stop.STOP_RUNNING)).outcome());
        partition.lose(run);
        assertEquals(RunState.CANCELLED, partition.ended(run.id()));
        assertEquals(
                ErrorCode.NOT_FOUND, refused(cancelRun(RunId.scheduled(run.id().job(), T0), Command.Stop.LET_FINISH)));
    }

    @Test
    void triggerMakesANumberedRun() {
        JobId job = partition.submit(Recipe.manual());
        RunId first = act(partition.trigger(job)).runs().getFirst();
        partition.succeed(partition.claimOne());
        RunId second = act(partition.trigger(job)).runs().getFirst();
        assertTrue(first.toString().endsWith(".m1") && second.toString().endsWith(".m2"), first + " " + second);
        partition.succeed(partition.claimOne());
        assertEquals(Optional.of(JobPhase.SCHEDULED), partition.phase(job));
        assertEquals(List.of(), partition.ledger(job), "manual runs are not in the ledger");
    }

    @Test
    void triggerHeedsTheOverlapPolicyUnlessForced() {
        JobId job = fired(Recipe.every(MINUTE));
        assertEquals(ErrorCode.CONFLICT, refused(partition.trigger(job)));
        Reply forced = partition.decide(new Command.Trigger(partition.requestId(), job, Command.Force.IGNORE));
        assertEquals("triggered", act(forced).outcome());
        assertEquals(2, partition.claim(5).size());
    }

    @Test
    void triggerQueuesBehindAnOpenRun() {
        JobId job = fired(Recipe.every(MINUTE).overlap(Overlap.QUEUE));
        Run run = partition.claimOne();
        partition.trigger(job);
        assertEquals(List.of(), partition.claim(5));
        partition.succeed(run);
        partition.succeed(partition.claimOne());
        assertEquals(List.of("60..60 x1 succeeded"), partition.ledger(job));
    }

    @Test
    void triggerReplacesAWaitingRun() {
        JobId job = fired(Recipe.every(MINUTE).overlap(Overlap.REPLACE));
        partition.trigger(job);
        assertEquals(1, partition.open(job).size());
        assertEquals(List.of("60..60 x1 skipped"), partition.ledger(job));
        partition.advance(MINUTE).fireDue();
        assertEquals(1, partition.open(job).size());
    }

    @Test
    void triggerBeforeAOneOffLeavesItsFire() {
        JobId job = partition.submit(Recipe.in(MINUTE));
        partition.trigger(job);
        partition.succeed(partition.claimOne());
        assertEquals(Optional.of(JobPhase.SCHEDULED), partition.phase(job));
        partition.advance(MINUTE).fireDue();
        partition.succeed(partition.claimOne());
        assertEquals(Optional.of(JobPhase.FINISHED), partition.phase(job));
        assertEquals(1, partition.store.counts("default").oneOffsDecided());
    }

    @Test
    void triggerOfACancelledJobIsRefused() {
        JobId job = partition.submit(Recipe.every(MINUTE));
        partition.cancel(job, Command.Stop.LET_FINISH);
        assertEquals(ErrorCode.CONFLICT, refused(partition.trigger(job)));
    }

    @Test
    void redriveReopensWithANewSeries() {
        RunId run = dead(Recipe.in(MINUTE));
        assertEquals("reopened", act(redrive(run)).outcome());
        assertEquals("not_found", act(redrive(run)).outcome(), "the letter is gone");
        Run again = partition.claimOne();
        assertEquals(2, again.series());
        assertEquals(1, again.attempt());
        partition.succeed(again);
        assertEquals(RunState.SUCCEEDED, partition.ended(run));
        assertEquals(0, partition.store.counts("default").dead());
        assertEquals(1, partition.store.counts("default").oneOffsDecided());
    }

    @Test
    void redriveTakesTheVerdictBackAndEntersTheNewOne() {
        JobId job = partition.submit(Recipe.every(MINUTE).attempts(1));
        RunId middle = RunId.scheduled(job, T0 + 2 * MINUTE);
        for (int i = 0; i < 3; i++) {
            partition.advance(MINUTE).fireDue();
            partition.fail(partition.claimOne());
        }
        assertEquals(List.of("60..180 x3 dead"), partition.ledger(job));
        redrive(middle);
        assertEquals(List.of("60..60 x1 dead", "180..180 x1 dead"), partition.ledger(job));
        partition.succeed(partition.claimOne());
        assertEquals(List.of("60..60 x1 dead", "120..120 x1 succeeded", "180..180 x1 dead"), partition.ledger(job));
    }

    @Test
    void redriveOfAllInOneBatch() {
        JobId job = partition.submit(Recipe.every(MINUTE).attempts(1).overlap(Overlap.ALLOW));
        RunId[] runs = new RunId[3];
        for (int i = 0; i < 3; i++) {
            partition.advance(MINUTE).fireDue();
            Run run = partition.claimOne();
            partition.fail(run);
            runs[i] = run.id();
        }
        redrive(runs);
        assertEquals(List.of(), partition.ledger(job));
        partition.claim(5).forEach(grant -> partition.succeed(grant.run()));
        assertEquals(List.of("60..180 x3 succeeded"), partition.ledger(job));
    }

    @Test
    void redriveIsBlockedByAnOpenRunAndByCancel() {
        RunId run = dead(Recipe.every(MINUTE));
        partition.advance(MINUTE).fireDue();
        assertEquals("blocked", act(redrive(run)).outcome());
        partition.succeed(partition.claimOne());
        partition.cancel(run.job(), Command.Stop.LET_FINISH);
        assertEquals("blocked", act(redrive(run)).outcome());
        assertEquals(1, partition.store.counts("default").dead());
    }

    @Test
    void rerunReopensADeadRunAndRepeatsAnother() {
        RunId dead = dead(Recipe.in(MINUTE));
        assertEquals(List.of(dead), act(rerun(dead)).runs());
        Run again = partition.claimOne();
        assertEquals(ErrorCode.CONFLICT, refused(rerun(dead)), "it is not over");
        partition.succeed(again);
        RunId repeat = act(rerun(dead)).runs().getFirst();
        assertTrue(repeat.toString().endsWith(".m1"), repeat.toString());
        assertEquals(ErrorCode.NOT_FOUND, refused(rerun(RunId.scheduled(dead.job(), T0))));
    }

    @Test
    void discardDropsTheLetterAndKeepsTheVerdict() {
        RunId run = dead(Recipe.every(MINUTE));
        Reply reply = partition.decide(new Command.Discard(partition.requestId(), List.of(run)));
        assertEquals("discarded", act(reply).outcome());
        assertEquals(RunState.DEAD, partition.ended(run));
        assertEquals(0, partition.store.counts("default").dead());
        assertEquals("not_found", act(redrive(run)).outcome());
    }

    @Test
    void aRepeatedRedriveReopensOnce() {
        RunId run = dead(Recipe.in(MINUTE));
        Command.Redrive redrive = new Command.Redrive("r", List.of(run));
        Reply first = partition.decide(redrive);
        partition.fail(partition.claimOne());
        assertEquals(first, partition.decide(redrive));
        assertTrue(partition.store.dead(run).isPresent(), "the second one changed nothing");
    }

    @Test
    void aRepeatedTriggerMakesOneRun() {
        JobId job = partition.submit(Recipe.manual());
        Command.Trigger trigger = new Command.Trigger("t", job, Command.Force.HEED);
        List<Reply> replies = partition.together(trigger, trigger);
        assertEquals(replies.getFirst(), replies.getLast());
        assertEquals(1, partition.open(job).size());
    }

    @Test
    void aRefusalIsRememberedToo() {
        JobId job = partition.submit(Recipe.every(MINUTE));
        partition.cancel(job, Command.Stop.LET_FINISH);
        Command.Trigger trigger = new Command.Trigger("t", job, Command.Force.HEED);
        assertEquals(partition.decide(trigger), partition.decide(trigger));
    }

    @Test
    void tenantsAreSet() {
        Tenant tenant = new Tenant("t", Optional.of(10), Optional.of(20));
        assertEquals(
                "set", act(partition.decide(new Command.SetTenant("s", tenant))).outcome());
        assertEquals(Optional.of(tenant), partition.store.tenant("t"));
    }

    @Test
    void cancelDecidesWhatWasOverdue() {
        JobId once = partition.submit(Recipe.in(MINUTE));
        JobId every = partition.submit(Recipe.every(MINUTE));
        partition.advance(2 * MINUTE + SECOND);
        partition.cancel(once, Command.Stop.LET_FINISH);
        partition.cancel(every, Command.Stop.LET_FINISH);
        assertEquals(1, partition.store.counts("default").oneOffsDecided());
        assertEquals(List.of("60..120 x2 cancelled"), partition.ledger(every));
    }

    @Test
    void aOneOffCancelledAheadHasItsVerdictWhenItComesDue() {
        JobId once = partition.submit(Recipe.in(MINUTE));
        partition.cancel(once, Command.Stop.LET_FINISH);
        assertEquals(0, partition.store.counts("default").oneOffsDecided(), "nothing is expected of it yet");
        partition.advance(MINUTE + SECOND).decide(new Command.Fire(once));
        assertEquals(1, partition.store.counts("default").oneOffsDecided());
        partition.decide(new Command.Fire(once));
        assertEquals(1, partition.store.counts("default").oneOffsDecided(), "once");
    }
}
