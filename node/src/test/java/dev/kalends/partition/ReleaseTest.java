package dev.kalends.partition;

import static dev.kalends.partition.Partition.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.api.ErrorCode;
import dev.kalends.job.Attempt;
import dev.kalends.job.AttemptEnd;
import dev.kalends.job.OnLost;
import dev.kalends.job.Run;
import dev.kalends.job.RunId;
import dev.kalends.job.RunState;
import dev.kalends.testing.Recipe;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What taking a lease back does, and what somebody may have seen before. */
final class ReleaseTest {
    private final Partition partition = new Partition();

    private Run claimed(Recipe recipe) {
        partition.submit(recipe);
        partition.advance(SECOND).fireDue();
        return partition.claimOne();
    }

    private Run claimed() {
        return claimed(Recipe.in(SECOND).backoff(SECOND, SECOND));
    }

    private static long token(Run run) {
        return run.lease().orElseThrow().token();
    }

    private Reply release(RunId run) {
        return partition.decide(new Command.Release(partition.requestId(), run));
    }

    private String detail(Run run) {
        Reply.Act act =
                assertInstanceOf(Reply.Acted.class, release(run.id())).acts().getFirst();
        assertEquals("releasing", act.outcome());
        return act.detail();
    }

    private Reply renew(Run run) {
        return partition.decide(new Command.Renew("w1", List.of(new Command.Held(run.id(), token(run), -1))));
    }

    @Test
    void theWorkerIsToldAndTheLeaseIsNotRenewedAnyMore() {
        Run run = claimed();
        assertEquals(
                "worker w1 is told to stop; once its lease has run out the run is tried again, attempt 2 of 3",
                detail(run));
        assertEquals(1, partition.effects(Effect.AskToStop.class).size());
        assertEquals(new Reply.Renewed(List.of(run.id()), List.of()), renew(run));
        assertEquals(
                RunState.LEASED, partition.store.run(run.id()).orElseThrow().state());
        assertEquals(List.of(), partition.claim(1), "nobody gets it while the old worker may trust its lease");
    }

    @Test
    void itIsTriedAgainWithAHigherTokenAndTheAttemptCounts() {
        Run run = claimed();
        release(run.id());
        partition.lose(run);
        Attempt lost = partition.store.run(run.id()).orElseThrow().attempts().getLast();
        assertEquals(AttemptEnd.LOST, lost.end());
        assertEquals(
                "lease released on request: its worker was told to stop",
                lost.error().orElseThrow());
        assertTrue(partition.effects(Effect.Counted.class).stream()
                .noneMatch(counted -> counted.metric() == Effect.Metric.LEASES_LOST && counted.n() > 0));
        partition.advance(SECOND).fireDue();
        Run again = partition.claimOne();
        assertEquals(2, again.attempt());
        assertTrue(token(again) > token(run));
        assertInstanceOf(Reply.Verdict.Rejected.class, partition.succeed(run));
        assertEquals(new Reply.Renewed(List.of(), List.of()), renew(again), "the new lease is a lease like any other");
    }

    @Test
    void aReportThatComesFirstCounts() {
        Run run = claimed();
        release(run.id());
        assertEquals(new Reply.Verdict.Accepted(), partition.succeed(run));
        assertEquals(RunState.SUCCEEDED, partition.ended(run.id()));
    }

    @Test
    void theNextLeaderHoldsToIt() {
        Run run = claimed();
        release(run.id());
        partition.down(SECOND);
        assertEquals(new Reply.Renewed(List.of(run.id()), List.of()), renew(run));
    }

    @Test
    void whatMustNotRepeatEndsDead() {
        Run run = claimed(Recipe.in(SECOND).onLost(OnLost.FAIL));
        assertTrue(detail(run).endsWith("the run ends dead, not retried: on-lost is fail"));
        partition.lose(run);
        assertEquals(RunState.DEAD, partition.ended(run.id()));
    }

    @Test
    void theLastAttemptEndsDead() {
        Run run = claimed(Recipe.in(SECOND).attempts(1));
        assertTrue(detail(run).endsWith("the run ends dead, that was its last attempt"));
        partition.lose(run);
        assertEquals(RunState.DEAD, partition.ended(run.id()));
    }

    @Test
    void aCancelThatTheWorkerDoesNotHeedIsMadeGood() {
        Run run = claimed();
        partition.decide(new Command.CancelRun(partition.requestId(), run.id(), Command.Stop.STOP_RUNNING));
        assertTrue(detail(run).endsWith("the run ends cancelled"));
        assertEquals(new Reply.Renewed(List.of(run.id()), List.of()), renew(run));
        partition.lose(run);
        assertEquals(RunState.CANCELLED, partition.ended(run.id()));
    }

    @Test
    void whatNoWorkerHoldsIsRefused() {
        Run run = claimed();
        partition.succeed(run);
        assertEquals(ErrorCode.CONFLICT, refused(release(run.id())).code());
        RunId unknown = RunId.scheduled(run.id().job(), 5);
        assertEquals(ErrorCode.NOT_FOUND, refused(release(unknown)).code());
    }

    private static Reply.Refused refused(Reply reply) {
        return assertInstanceOf(Reply.Refused.class, reply);
    }

    private Reply ifSeen(Seen seen, Command.Requested command) {
        return partition.decide(new Command.IfUnchanged(List.of(seen), command));
    }

    @Test
    void onlyTheLeaseThatWasSeenIsReleased() {
        Run old = claimed();
        partition.lose(old);
        partition.advance(SECOND).fireDue();
        Run now = partition.claimOne();
        Command.Release release = new Command.Release(partition.requestId(), now.id());
        Reply.Refused refused = refused(ifSeen(new Seen.RunToken(now.id(), token(old)), release));
        assertEquals(ErrorCode.PRECONDITION_FAILED, refused.code());
        assertTrue(refused.message().contains("token=" + token(now) + " seen=" + token(old)), refused.message());
        assertEquals(new Reply.Renewed(List.of(), List.of()), renew(now), "nothing was released");
        Command.Release again = new Command.Release(partition.requestId(), now.id());
        assertInstanceOf(Reply.Acted.class, ifSeen(new Seen.RunToken(now.id(), token(now)), again));
    }

    @Test
    void aRepeatGetsTheAnswerOfTheFirstAlsoWhenAllHasChanged() {
        Run run = claimed();
        Command.IfUnchanged asked = new Command.IfUnchanged(
                List.of(new Seen.RunToken(run.id(), token(run))), new Command.Release(partition.requestId(), run.id()));
        Reply first = partition.decide(asked);
        partition.lose(run);
        assertEquals(first, partition.decide(asked));
    }

    /** A simulated history found this: the code was kept as a word that two codes share. */
    @Test
    void aRepeatOfARefusalGetsTheSameCode() {
        Run run = claimed();
        Command.IfUnchanged asked = new Command.IfUnchanged(
                List.of(new Seen.RunToken(run.id(), token(run) + 1)),
                new Command.Release(partition.requestId(), run.id()));
        assertEquals(
                ErrorCode.PRECONDITION_FAILED, refused(partition.decide(asked)).code());
        assertEquals(
                ErrorCode.PRECONDITION_FAILED, refused(partition.decide(asked)).code());
    }

    @Test
    void whatWasRedrivenSinceIsLeftAlone() {
        Run run = claimed(Recipe.in(SECOND).attempts(1));
        partition.fail(run);
        partition.decide(new Command.Redrive(partition.requestId(), List.of(run.id())));
        Command.Stop stop = Command.Stop.STOP_RUNNING;
        Command.CancelRun cancel = new Command.CancelRun(partition.requestId(), run.id(), stop);
        assertTrue(refused(ifSeen(new Seen.RunSeries(run.id(), 1), cancel))
                .message()
                .contains("series=2 seen=1"));
        assertEquals(RunState.READY, partition.store.run(run.id()).orElseThrow().state());
        Command.CancelRun second = new Command.CancelRun(partition.requestId(), run.id(), stop);
        assertInstanceOf(Reply.Acted.class, ifSeen(new Seen.RunSeries(run.id(), 2), second));
    }

    @Test
    void aFireChangesARevisionAndNotAGeneration() {
        Run run = claimed(Recipe.every(SECOND));
        long before = partition.store.state(run.id().job()).orElseThrow().revision();
        partition.succeed(run);
        partition.advance(SECOND).fireDue();
        assertNotEquals(
                before, partition.store.state(run.id().job()).orElseThrow().revision());
        Seen revision = new Seen.JobRevision(run.id().job(), before);
        Seen generation = new Seen.JobGeneration(run.id().job(), 1);
        Seen edited = new Seen.JobGeneration(run.id().job(), 2);
        assertEquals(
                ErrorCode.PRECONDITION_FAILED,
                refused(ifSeen(revision, trigger(run))).code());
        assertEquals(
                ErrorCode.PRECONDITION_FAILED,
                refused(ifSeen(edited, trigger(run))).code());
        assertInstanceOf(Reply.Acted.class, ifSeen(generation, trigger(run)));
    }

    private Command.Trigger trigger(Run run) {
        return new Command.Trigger(partition.requestId(), run.id().job(), Command.Force.IGNORE);
    }
}
