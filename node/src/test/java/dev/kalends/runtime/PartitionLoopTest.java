package dev.kalends.runtime;

import static dev.kalends.runtime.LoopRig.HOUR;
import static dev.kalends.runtime.LoopRig.MINUTE;
import static dev.kalends.runtime.LoopRig.SECOND;
import static dev.kalends.runtime.LoopRig.SETTINGS;
import static dev.kalends.runtime.LoopRig.T0;
import static dev.kalends.runtime.LoopRig.granted;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.job.JobId;
import dev.kalends.job.LeaseId;
import dev.kalends.job.Run;
import dev.kalends.job.RunState;
import dev.kalends.partition.Command;
import dev.kalends.partition.Reply;
import dev.kalends.runqueue.Ticket;
import dev.kalends.testing.Recipe;
import dev.kalends.testing.Samples;
import dev.kalends.testing.Tickets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The straight line through the loop while nothing fails: submit, fire, claim, renew, report. */
final class PartitionLoopTest {
    private final LoopRig rig = new LoopRig();

    @AfterEach
    void countersMatch() {
        rig.checkCounters();
    }

    @Test
    void aNewTermBeginsWithABarrierOfItsEpoch() {
        assertTrue(rig.loop.status().leading());
        assertEquals(1, rig.loop.status().epoch());
        assertEquals(1, rig.store.head().epoch());
        rig.submit(Recipe.in(HOUR));
        rig.restart();
        assertEquals(4, rig.store.head().epoch());
    }

    @Test
    void commandsThatWaitTogetherAreCommittedTogether() {
        long before = rig.store.position();
        List<CompletableFuture<Reply>> answers = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            answers.add(rig.loop.ask(
                    new Command.Submit("bulk" + i, 1, List.of(Recipe.in(HOUR).draft()))));
        }
        rig.work();
        assertTrue(answers.stream().allMatch(CompletableFuture::isDone));
        assertEquals(before + 1, rig.store.position());
        assertEquals(100, rig.store.counts("default").scheduled());
    }

    @Test
    void aReplyWaitsForItsCommit() {
        rig.journal.hold();
        CompletableFuture<Reply> first =
                rig.loop.ask(new Command.Submit("a", 1, List.of(Recipe.in(HOUR).draft())));
        rig.work();
        CompletableFuture<Reply> second =
                rig.loop.ask(new Command.Submit("b", 1, List.of(Recipe.in(HOUR).draft())));
        rig.work();
        assertFalse(first.isDone());
        assertEquals(1, rig.journal.waiting(), "nothing is decided while a batch is being committed");
        rig.journal.settle(1);
        rig.work();
        assertTrue(first.isDone());
        assertFalse(second.isDone());
        rig.journal.resume();
        rig.work();
        assertTrue(second.isDone());
    }

    @Test
    void aFireIsOnTime() {
        JobId job = rig.submit(Recipe.in(MINUTE));
        rig.pass(MINUTE - 1);
        assertEquals(List.of(), rig.open(job));
        rig.pass(1);
        assertEquals(RunState.READY, rig.open(job).getFirst().state());
        assertEquals(T0 + MINUTE, rig.open(job).getFirst().times().firedMs());
    }

    @Test
    void aFireThatMeetsAParkedClaimIsGrantedInTheSameCommit() {
        rig.submit(Recipe.in(MINUTE));
        CompletableFuture<Reply> parked = rig.park(1, 2 * MINUTE);
        assertFalse(parked.isDone());
        rig.pass(MINUTE - 1);
        long before = rig.store.position();
        rig.pass(1);
        assertEquals(1, granted(parked.join()).size());
        assertEquals(before + 1, rig.store.position());
    }

    private Reply.Claimed claimed() {
        return (Reply.Claimed) rig.ask(new Command.Claim("w1", List.of("default"), 1));
    }

    private static LeaseId lease(Run run) {
        return new LeaseId(run.id(), run.lease().orElseThrow().token());
    }

    @Test
    void aNewLeaderAsksForTheLeasesThatItFinds() {
        rig.submit(Recipe.in(SECOND));
        rig.pass(SECOND);
        Run run = rig.claim(1).getFirst();
        rig.restart();
        CompletableFuture<Reply> parked = rig.park(1, MINUTE);
        assertEquals(List.of(lease(run)), ((Reply.Claimed) parked.join()).doubted(), "not even a claim waits");
        assertEquals(List.of(), claimed().doubted(), "asks once");
        rig.ask(new Command.Renew("w1", List.of(), List.of(lease(run))));
        Run again = granted(claimed()).getFirst();
        assertEquals(run.id(), again.id());
        assertEquals(1, again.attempt());
    }

    @Test
    void aLeaderAsksForALeaseThatNothingIsHeardOf() {
        rig.submit(Recipe.in(SECOND));
        rig.pass(SECOND);
        Run run = rig.claim(1).getFirst();
        rig.pass(SETTINGS.runTtlMs() / 2 - SECOND);
        assertEquals(List.of(), claimed().doubted());
        rig.renew(run);
        rig.pass(SETTINGS.runTtlMs() / 2 - SECOND);
        assertEquals(List.of(), claimed().doubted(), "it was renewed");
        rig.pass(SECOND);
        assertEquals(List.of(), ((Reply.Claimed) rig.ask(new Command.Claim("w2", List.of("default"), 1))).doubted());
        assertEquals(List.of(lease(run)), claimed().doubted());
        rig.renew(run);
        rig.pass(SETTINGS.runTtlMs() / 2);
        assertEquals(List.of(lease(run)), claimed().doubted(), "again after a renewal");
    }

    @Test
    void aLeaseThatEndedIsNotAskedFor() {
        rig.submit(Recipe.in(SECOND));
        rig.pass(SECOND);
        Run run = rig.claim(1).getFirst();
        rig.restart();
        rig.succeed(run);
        assertEquals(List.of(), claimed().doubted());
    }

    @Test
    void leasesCountFromWhenTheRightToLeadWasLastConfirmed() {
        rig.submit(Recipe.in(SECOND));
        rig.pass(SECOND);
        rig.confirmedAgoMs = 1_500;
        CompletableFuture<Reply> claimed = rig.loop.ask(new Command.Claim("w1", List.of("default"), 1));
        rig.work();
        assertEquals(1_500, ((Reply.Claimed) claimed.join()).agoMs());
        Run run = granted(claimed.join()).getFirst();
        rig.confirmedAgoMs = 700;
        CompletableFuture<Reply> renewed = rig.loop.ask(new Command.Renew(
                "w1",
                List.of(new Command.Held(run.id(), run.lease().orElseThrow().token(), -1))));
        rig.work();
        assertEquals(new Reply.Renewed(List.of(), List.of(), 700), renewed.join());
    }

    @Test
    void whatAParkedClaimIsGrantedCountsFromWhenItCameOrEarlier() {
        CompletableFuture<Reply> confirmedSince = rig.park(1, MINUTE);
        rig.submit(Recipe.in(2 * SECOND));
        rig.confirmedAgoMs = 1_500;
        rig.pass(2 * SECOND);
        assertEquals(0, ((Reply.Claimed) confirmedSince.join()).agoMs());
        CompletableFuture<Reply> confirmedBefore = rig.park(1, MINUTE);
        rig.submit(Recipe.in(2 * SECOND));
        rig.confirmedAgoMs = 3_000;
        rig.pass(2 * SECOND);
        assertEquals(1_000, ((Reply.Claimed) confirmedBefore.join()).agoMs());
    }

    @Test
    void parkedClaimsAreServedInTheirOrderAndAnsweredWhenTheirWaitIsOver() {
        CompletableFuture<Reply> first = rig.park(1, 10 * SECOND);
        CompletableFuture<Reply> second = rig.park(1, 5 * SECOND);
        CompletableFuture<Reply> third = rig.park(1, 20 * SECOND);
        rig.submit(Recipe.in(7 * SECOND));
        rig.pass(5 * SECOND);
        assertEquals(List.of(), granted(second.join()));
        rig.pass(2 * SECOND);
        assertEquals(1, granted(first.join()).size());
        assertFalse(third.isDone());
        rig.pass(20 * SECOND);
        assertEquals(List.of(), granted(third.join()));
    }

    @Test
    void aParkedClaimWhoseClientWentAwayTakesNothing() {
        CompletableFuture<Reply> gone = rig.park(1, MINUTE);
        gone.cancel(false);
        rig.submit(Recipe.in(SECOND));
        rig.pass(SECOND);
        assertEquals(1, rig.claim(1).size());
    }

    @Test
    void aLeaseThatIsNotRenewedExpires() {
        JobId job = rig.submit(Recipe.in(SECOND));
        rig.pass(SECOND);
        Run run = rig.claim(1).getFirst();
        rig.pass(SETTINGS.runTtlMs() - 1);
        assertEquals(RunState.LEASED, rig.open(job).getFirst().state());
        rig.pass(1);
        assertEquals(RunState.RETRYING, rig.open(job).getFirst().state());
        assertInstanceOf(Reply.Verdict.Rejected.class, rig.succeed(run));
    }

    @Test
    void renewalsKeepALease() {
        rig.submit(Recipe.in(SECOND));
        rig.pass(SECOND);
        Run run = rig.claim(1).getFirst();
        for (int i = 0; i < 10; i++) {
            rig.pass(SETTINGS.runTtlMs() - 1);
            assertEquals(List.of(), rig.renew(run).lost());
        }
        assertEquals(new Reply.Verdict.Accepted(), rig.succeed(run));
        assertEquals(0, rig.loop.status().leases());
    }

    @Test
    void aLeaseIsKnownByItsToken() {
        rig.submit(Recipe.in(SECOND));
        rig.pass(SECOND);
        long token = rig.claim(1).getFirst().lease().orElseThrow().token();
        assertEquals(SETTINGS.runTtlMs(), rig.loop.leaseLeftMs(token).orElseThrow());
        assertTrue(rig.loop.leaseLeftMs(token + 1).isEmpty());
    }

    @Test
    void aRetryWakes() {
        JobId job = rig.submit(Recipe.in(SECOND).backoff(30_000, 30_000));
        rig.pass(SECOND);
        rig.claim(1);
        rig.pass(SETTINGS.runTtlMs());
        rig.pass(30_000 - 1);
        assertEquals(RunState.RETRYING, rig.open(job).getFirst().state());
        rig.pass(1);
        assertEquals(RunState.READY, rig.open(job).getFirst().state());
    }

    @Test
    void whatIsBeyondTheHorizonIsLoadedInTime() {
        JobId once = rig.submit(Recipe.in(30 * HOUR));
        JobId every = rig.submit(Recipe.every(7 * HOUR));
        assertEquals(0, rig.loop.status().pendingTimers(), "the wheel holds the near horizon only");
        rig.pass(30 * HOUR - 1);
        assertEquals(List.of(), rig.open(once));
        rig.pass(1);
        assertEquals(T0 + 30 * HOUR, rig.open(once).getFirst().times().firedMs());
        assertEquals(4, rig.store.state(every).orElseThrow().fired());
    }

    @Test
    void repeatedFiresDoNotDrift() {
        JobId job = rig.submit(Recipe.every(333));
        rig.pass(333 * 100);
        assertEquals(100, rig.store.state(job).orElseThrow().fired());
        assertEquals(T0 + 33_300, rig.store.state(job).orElseThrow().lastNominalMs());
    }

    @Test
    void skewIsCountedByStage() {
        rig.submit(Recipe.in(SECOND));
        CompletableFuture<Reply> parked = rig.park(1, MINUTE);
        rig.pass(SECOND);
        rig.succeed(granted(parked.join()).getFirst());
        assertEquals(1, rig.meters.total(Meters.Counter.STARTED));
        assertEquals(0, rig.meters.total(Meters.Counter.EARLY));
    }

    @Test
    void committedChangesBecomeEvents() throws InterruptedException {
        JobId job = rig.submit(Recipe.in(SECOND));
        List<Event> events = rig.events.read(0, 100, 0).events();
        assertTrue(events.stream()
                .anyMatch(event -> event.what().toString().contains(job.toString())
                        || event.what().toString().contains(Long.toString(job.value()))));
    }

    @Test
    void answersAreForgottenAfterTheirTime() {
        rig.submit("kept", Recipe.in(HOUR));
        rig.pass(11 * MINUTE);
        assertTrue(rig.store.request("kept").isEmpty());
        assertEquals(0, rig.store.expiredRequests(rig.clock.nowMs(), 10).size());
    }

    @Test
    void ticketsAreOfferedAfterAFireAndAgainWhenTheyAreLost() throws InterruptedException {
        rig.submit(Recipe.in(SECOND));
        rig.pass(SECOND);
        Ticket ticket = new Ticket(Samples.PARTITION, "default");
        assertEquals(Optional.of(ticket), Tickets.take(rig.queue, Set.of("default"), 0));
        assertEquals(Optional.empty(), Tickets.take(rig.queue, Set.of("default"), 0));
        rig.pass(2 * SETTINGS.loadEveryMs());
        assertEquals(Optional.of(ticket), Tickets.take(rig.queue, Set.of("default"), 0));
    }
}
