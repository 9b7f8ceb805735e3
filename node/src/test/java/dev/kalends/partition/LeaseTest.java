package dev.kalends.partition;

import static dev.kalends.partition.Partition.HOUR;
import static dev.kalends.partition.Partition.MINUTE;
import static dev.kalends.partition.Partition.SECOND;
import static dev.kalends.partition.Partition.T0;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.job.AttemptEnd;
import dev.kalends.job.JobId;
import dev.kalends.job.LeaseId;
import dev.kalends.job.Priority;
import dev.kalends.job.Run;
import dev.kalends.job.RunId;
import dev.kalends.job.RunState;
import dev.kalends.testing.Recipe;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who gets a run, for how long, and whose word counts. */
final class LeaseTest {
    private final Partition partition = new Partition();

    private Run claimed(Recipe recipe) {
        partition.submit(recipe);
        partition.advance(SECOND).fireDue();
        return partition.claimOne();
    }

    @Test
    void tokensRiseOverRunsAndLeaders() {
        Run first = claimed(Recipe.in(SECOND));
        Run second = claimed(Recipe.in(SECOND));
        partition.down(SECOND);
        Run third = claimed(Recipe.in(SECOND));
        List<Long> tokens = List.of(token(first), token(second), token(third));
        assertEquals(tokens.stream().sorted().distinct().toList(), tokens);
    }

    private static long token(Run run) {
        return run.lease().orElseThrow().token();
    }

    @Test
    void aClaimTakesAtMostItsFreeSlotsFromItsQueues() {
        for (int i = 0; i < 3; i++) {
            partition.submit(Recipe.in(SECOND).queue("a"));
            partition.submit(Recipe.in(SECOND).queue("b"));
        }
        partition.advance(SECOND).fireDue();
        assertEquals(2, partition.claim("w1", 2, "a").size());
        assertEquals(1, partition.claim("w1", 5, "a").size());
        assertEquals(0, partition.claim("w1", 5, "c").size());
        assertEquals(3, partition.claim("w1", 5, "a", "b").size());
    }

    @Test
    void runsThatDoNothingComeOnTopOfTheFreeSlots() {
        for (int i = 0; i < 4; i++) {
            partition.submit(Recipe.in(SECOND).program());
            partition.submit(Recipe.in(SECOND));
        }
        partition.advance(SECOND).fireDue();
        Command.Claim claim = new Command.Claim("w1", List.of("default"), 2, 3);
        List<Reply.Granted> grants = ((Reply.Claimed) partition.decide(claim)).grants();
        assertEquals(2, grants.stream().filter(Reply.Granted::takesSlot).count());
        assertTrue(grants.size() > 2 && grants.size() <= 5, () -> "grants=" + grants.size());
        assertEquals(8 - grants.size(), partition.claim("w1", 8, "default").size());
    }

    private Reply disown(String worker, Run run) {
        LeaseId lease = new LeaseId(run.id(), token(run));
        return partition.decide(new Command.Renew(worker, List.of(), List.of(lease)));
    }

    @Test
    void aGrantThatNeverArrivedIsNoAttempt() {
        Run run = claimed(Recipe.in(SECOND).attempts(1));
        assertEquals(new Reply.Renewed(List.of(), List.of()), disown("w1", run));
        Run again = partition.claimOne();
        assertEquals(run.id(), again.id());
        assertEquals(1, again.attempt());
        assertEquals(List.of(), again.attempts());
        assertTrue(token(again) > token(run));
        disown("w1", run);
        assertEquals(
                RunState.LEASED, partition.open(run.id().job(), 0).state(), "an old token's word counts for nothing");
    }

    @Test
    void onlyItsOwnWorkerDisownsALease() {
        Run run = claimed(Recipe.in(SECOND));
        disown("w2", run);
        assertEquals(RunState.LEASED, partition.open(run.id().job(), 0).state());
    }

    @Test
    void whatIsNotWantedAnyMoreEndsWhenItsGrantDidNotArrive() {
        Run run = claimed(Recipe.in(SECOND));
        partition.cancel(run.id().job(), Command.Stop.STOP_RUNNING);
        disown("w1", run);
        assertEquals(RunState.CANCELLED, partition.ended(run.id()));
    }

    private List<Priority> claimOrder(int n) {
        List<Priority> order = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            order.add(partition.claimOne().route().priority());
        }
        return order;
    }

    @Test
    void highGoesFirst() {
        partition.submit(Recipe.in(SECOND).priority(Priority.LOW));
        partition.submit(Recipe.in(SECOND).priority(Priority.NORMAL));
        partition.submit(Recipe.in(SECOND).priority(Priority.HIGH));
        partition.advance(SECOND).fireDue();
        assertEquals(List.of(Priority.HIGH, Priority.NORMAL, Priority.LOW), claimOrder(3));
    }

    @Test
    void aRunThatWaitedPassesHigherTiersThatCameLater() {
        partition.submit(Recipe.in(SECOND).priority(Priority.LOW));
        partition.submit(Recipe.in(SECOND + 2 * ReadyRuns.AGING_MS + 1).priority(Priority.HIGH));
        partition.advance(SECOND).fireDue().advance(2 * ReadyRuns.AGING_MS + 1).fireDue();
        assertEquals(List.of(Priority.LOW, Priority.HIGH), claimOrder(2));
    }

    @Test
    void lowMovesUnderAFloodOfHigh() {
        partition.submit(Recipe.in(SECOND).priority(Priority.LOW));
        for (int i = 0; i < 20; i++) {
            partition.submit(Recipe.in(SECOND).priority(Priority.HIGH));
        }
        partition.advance(SECOND).fireDue();
        int place = claimOrder(ReadyRuns.LOW_TURN).indexOf(Priority.LOW);
        assertTrue(place >= 0, "one grant in so many goes to the lowest tier");
    }

    @Test
    void aCancelledRunIsNotGranted() {
        JobId job = partition.submit(Recipe.in(SECOND));
        partition.advance(SECOND).fireDue();
        partition.cancel(job, Command.Stop.LET_FINISH);
        assertEquals(List.of(), partition.claim(1));
    }

    @Test
    void aRenewalTellsTheFirstStartOnce() {
        Run run = claimed(Recipe.in(SECOND));
        Command.Renew renew = new Command.Renew("w1", List.of(new Command.Held(run.id(), token(run), T0 + 1_500)));
        assertEquals(new Reply.Renewed(List.of(), List.of()), partition.decide(renew));
        assertEquals(1, partition.effects(Effect.Started.class).size());
        partition.decide(renew);
        assertEquals(0, partition.effects(Effect.Started.class).size());
        assertEquals(
                T0 + 1_500, partition.store.run(run.id()).orElseThrow().times().startedMs());
    }

    @Test
    void aRenewalOfALeaseThatIsGoneSaysSo() {
        Run run = claimed(Recipe.in(SECOND));
        partition.lose(run);
        Reply reply = partition.decide(new Command.Renew("w1", List.of(new Command.Held(run.id(), token(run), -1))));
        assertEquals(new Reply.Renewed(List.of(run.id()), List.of()), reply);
    }

    @Test
    void theFirstReportCounts() {
        Run run = claimed(Recipe.in(SECOND));
        assertEquals(new Reply.Verdict.Accepted(), partition.succeed(run));
        assertEquals(new Reply.Verdict.Repeated(), partition.succeed(run));
        assertInstanceOf(Reply.Verdict.Rejected.class, partition.fail(run));
        assertEquals(RunState.SUCCEEDED, partition.ended(run.id()));
    }

    @Test
    void theSameReportTwiceInOneBatchCountsOnce() {
        Run run = claimed(Recipe.in(SECOND));
        Finished finished = new Finished(
                run.id(), 1, 1, token(run), AttemptEnd.FAILED, T0, T0, Optional.of(1), Optional.of("exit 1"), 0);
        Reply reply = partition.decide(new Command.Report("w1", List.of(finished, finished)));
        assertEquals(
                List.of(new Reply.Verdict.Accepted(), new Reply.Verdict.Repeated()),
                assertInstanceOf(Reply.Reported.class, reply).verdicts());
        assertEquals(1, partition.store.run(run.id()).orElseThrow().attempts().size());
    }

    @Test
    void aReportOfAnOldLeaseIsRejected() {
        Run old = claimed(Recipe.in(SECOND).backoff(1_000, 1_000));
        partition.lose(old);
        partition.advance(SECOND).fireDue();
        Run current = partition.claimOne();
        assertTrue(token(current) > token(old));
        assertInstanceOf(Reply.Verdict.Rejected.class, partition.succeed(old));
        assertEquals(1, partition.effects(Effect.ReportRejected.class).size());
        assertEquals(
                RunState.LEASED, partition.store.run(old.id()).orElseThrow().state());
        assertEquals(new Reply.Verdict.Accepted(), partition.succeed(current));
    }

    @Test
    void aForgedReportIsRejected() {
        Run run = claimed(Recipe.in(SECOND));
        long token = token(run);
        assertInstanceOf(Reply.Verdict.Rejected.class, partition.report(run, "w2", token, AttemptEnd.SUCCEEDED, 0));
        assertInstanceOf(Reply.Verdict.Rejected.class, partition.report(run, "w1", token + 1, AttemptEnd.SUCCEEDED, 0));
        assertEquals(
                RunState.LEASED, partition.store.run(run.id()).orElseThrow().state());
    }

    @Test
    void aReportOfAnUnknownRunIsRejected() {
        Run run = claimed(Recipe.in(SECOND));
        Finished finished = new Finished(
                RunId.scheduled(run.id().job(), T0),
                1,
                1,
                1,
                AttemptEnd.SUCCEEDED,
                T0,
                T0,
                Optional.empty(),
                Optional.empty(),
                0);
        Reply reply = partition.decide(new Command.Report("w1", List.of(finished)));
        assertInstanceOf(
                Reply.Verdict.Rejected.class,
                assertInstanceOf(Reply.Reported.class, reply).verdicts().getFirst());
    }

    @Test
    void anExpiryThatIsOutOfDateIsNothing() {
        Run run = claimed(Recipe.in(SECOND).backoff(1_000, 1_000));
        partition.lose(run);
        partition.advance(SECOND).fireDue();
        Run current = partition.claimOne();
        partition.lose(run);
        assertEquals(Optional.of(current), partition.store.run(run.id()));
    }

    @Test
    void aReadyRunIsServedInTheOrderOfItsReadiness() {
        JobId early = partition.submit(Recipe.in(SECOND));
        JobId late = partition.submit(Recipe.in(2 * SECOND));
        partition.advance(SECOND).fireDue().advance(SECOND).fireDue();
        assertEquals(early, partition.claimOne().id().job());
        assertEquals(late, partition.claimOne().id().job());
    }

    @Test
    void theSpecOfTheRunsGenerationIsGranted() {
        partition.submit(Recipe.every(HOUR).named("n"));
        partition.advance(HOUR + MINUTE).fireDue();
        Reply.Granted grant = partition.claim(1).getFirst();
        assertEquals(Optional.of("n"), grant.spec().name().name());
        assertEquals(1, grant.run().attempt());
    }

    @Test
    void anAttemptThatNeverStartedIsNoFirstStart() {
        Run run = claimed(Recipe.in(SECOND));
        Finished finished = new Finished(
                run.id(), 1, 1, token(run), AttemptEnd.FAILED, -1, T0, Optional.empty(), Optional.of("no"), 0);
        partition.decide(new Command.Report("w1", List.of(finished)));
        assertEquals(List.of(), partition.effects(Effect.Started.class));
    }
}
