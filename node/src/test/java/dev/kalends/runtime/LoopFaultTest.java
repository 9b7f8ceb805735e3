package dev.kalends.runtime;

import static dev.kalends.runtime.LoopRig.HOUR;
import static dev.kalends.runtime.LoopRig.MINUTE;
import static dev.kalends.runtime.LoopRig.SECOND;
import static dev.kalends.runtime.LoopRig.SETTINGS;
import static dev.kalends.runtime.LoopRig.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.api.ErrorCode;
import dev.kalends.job.CatchUp;
import dev.kalends.job.JobId;
import dev.kalends.job.JobSpec;
import dev.kalends.job.Overlap;
import dev.kalends.job.Run;
import dev.kalends.job.RunState;
import dev.kalends.job.Schedule;
import dev.kalends.journal.Batch;
import dev.kalends.journal.Change;
import dev.kalends.journal.StoreException;
import dev.kalends.partition.Command;
import dev.kalends.partition.Reply;
import dev.kalends.runqueue.Ticket;
import dev.kalends.testing.FakeJournal.Fate;
import dev.kalends.testing.FaultyStore;
import dev.kalends.testing.Recipe;
import dev.kalends.testing.Samples;
import dev.kalends.testing.Tickets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What the loop does when something fails: waiters are told, memory is dropped, nothing is lost. */
final class LoopFaultTest {
    private final LoopRig rig = new LoopRig();

    private CompletableFuture<Reply> submitting(String requestId) {
        CompletableFuture<Reply> answer = rig.loop.ask(
                new Command.Submit(requestId, 1, List.of(Recipe.in(MINUTE).draft())));
        rig.work();
        return answer;
    }

    private void full(boolean isFull) {
        rig.faulty.faults((_, _) -> {
            if (isFull) {
                throw new StoreException(StoreException.Kind.FULL, "no space; free=0");
            }
            return FaultyStore.Fate.APPLIED;
        });
    }

    /** After a failure the loop leads again within a while, and the same request is answered once. */
    private void recovers(String requestId) {
        rig.pass(2 * SECOND);
        assertTrue(rig.loop.status().leading(), rig.loop.status().problem());
        rig.submit(requestId, Recipe.in(MINUTE));
        assertEquals(1, rig.store.counts("default").scheduled());
        rig.checkCounters();
    }

    @Test
    void notWritten() {
        rig.journal.script(Fate.NOT_WRITTEN);
        assertEquals(ErrorCode.UNAVAILABLE, failure(submitting("r")));
        assertFalse(rig.loop.status().leading());
        recovers("r");
    }

    @Test
    void leadershipLost() {
        rig.journal.script(Fate.LOST);
        assertEquals(ErrorCode.UNAVAILABLE, failure(submitting("r")));
        assertTrue(
                rig.loop.status().problem().contains("lost"), rig.loop.status().problem());
        recovers("r");
    }

    @Test
    void aBrokenJournalEndsTheLoop() {
        rig.journal.script(Fate.BROKEN);
        assertEquals(ErrorCode.UNAVAILABLE, failure(submitting("r")));
        assertTrue(rig.loop.broken());
        assertEquals(ErrorCode.UNAVAILABLE, failure(submitting("later")));
    }

    @Test
    void aFullDiskPassesWhenThereIsSpaceAgain() {
        full(true);
        assertEquals(ErrorCode.UNAVAILABLE, failure(submitting("r")));
        rig.pass(10 * SECOND);
        assertFalse(rig.loop.status().leading());
        assertFalse(rig.loop.broken());
        full(false);
        recovers("r");
    }

    @Test
    void aDamagedStoreIsNeverGoneOnWith() {
        rig.faulty.faults((_, _) -> {
            throw new StoreException(StoreException.Kind.DAMAGED, "wrong checksum; page=7");
        });
        assertEquals(ErrorCode.UNAVAILABLE, failure(submitting("r")));
        assertTrue(rig.loop.broken());
        assertTrue(
                rig.loop.status().problem().contains("DAMAGED"),
                rig.loop.status().problem());
    }

    @Test
    void anApplyThatFailedIsAnsweredByItsRequestIdWhereverItEnded() {
        for (FaultyStore.Fate fate : List.of(FaultyStore.Fate.FAILED_OUT, FaultyStore.Fate.FAILED_IN)) {
            rig.faulty.faults((_, _) -> fate);
            assertEquals(ErrorCode.UNAVAILABLE, failure(submitting("r")));
            assertTrue(rig.loop.broken(), "an error of the disk is fatal");
            rig.faulty.faults((_, _) -> FaultyStore.Fate.APPLIED);
            rig.restart();
        }
        recovers("r");
    }

    @Test
    void parkedClaimsAreAnsweredWithNothingBecauseNothingWasGrantedToThem() {
        CompletableFuture<Reply> parked = rig.park(1, HOUR);
        rig.journal.script(Fate.NOT_WRITTEN);
        CompletableFuture<Reply> _ = submitting("r");
        assertEquals(Reply.Claimed.NOTHING, parked.join());
    }

    @Test
    void aCommitThatDoesNotEndIsLeftOnceThisNodeIsNotToLead() {
        rig.journal.hold();
        CompletableFuture<Reply> inDoubt = submitting("r");
        rig.pass(10 * SECOND);
        assertFalse(rig.loop.seat().atRest(), "who leads waits for it");
        rig.loop.seat().giveUp();
        rig.work();
        assertTrue(rig.loop.seat().atRest());
        assertEquals(ErrorCode.UNAVAILABLE, failure(inDoubt));
    }

    @Test
    void aCommitThatHasJustBegunIsWaitedForThough() {
        rig.journal.hold();
        CompletableFuture<Reply> _ = submitting("r");
        rig.coordination.release(Samples.PARTITION);
        rig.pass(SECOND - 1);
        assertFalse(rig.loop.seat().atRest());
        rig.pass(SECOND);
        assertTrue(rig.loop.seat().atRest());
    }

    @Test
    void nothingDueIsLostWhenItsBatchFails() {
        JobId job = rig.submit(Recipe.in(MINUTE));
        JobId every = rig.submit(Recipe.every(MINUTE).catchUp(CatchUp.ALL));
        rig.pass(MINUTE - 1);
        full(true);
        rig.pass(10 * SECOND);
        assertEquals(List.of(), rig.open(job));
        full(false);
        rig.pass(2 * SECOND);
        assertEquals(1, rig.open(job).size());
        assertEquals(1, rig.open(every).size());
        rig.checkCounters();
    }

    @Test
    void nothingDueIsLostInACrash() {
        JobId job = rig.submit(Recipe.in(MINUTE));
        rig.pass(MINUTE - 1);
        rig.journal.hold();
        rig.pass(SECOND);
        assertEquals(List.of(), rig.open(job), "fired, but not committed");
        rig.restart();
        rig.pass(SECOND);
        assertEquals(1, rig.open(job).size());
    }

    @Test
    void leasesAreKeptOverARestartAndLastForAWholeTtlFromThen() {
        JobId job = rig.submit(Recipe.in(SECOND));
        rig.pass(SECOND);
        Run run = rig.claim(1).getFirst();
        rig.pass(SETTINGS.runTtlMs() - 1);
        rig.restart();
        rig.pass(SETTINGS.foundTtlMs() - 1);
        assertEquals(RunState.LEASED, rig.open(job).getFirst().state());
        assertEquals(List.of(), rig.renew(run).lost());
        rig.pass(SETTINGS.runTtlMs() - 1);
        assertEquals(RunState.LEASED, rig.open(job).getFirst().state());
        rig.pass(1);
        assertEquals(RunState.RETRYING, rig.open(job).getFirst().state(), "from then on the TTL alone counts");
    }

    @Test
    void readyHeldAndRetryingRunsSurviveARestart() {
        JobId held = rig.submit(Recipe.every(SECOND).overlap(Overlap.QUEUE).maxRuns(2));
        rig.pass(2 * SECOND);
        JobId retrying = rig.submit(
                Recipe.in(SECOND).priority(dev.kalends.job.Priority.HIGH).backoff(5_000, 5_000));
        rig.pass(SECOND);
        Run lost = rig.claim(1).getFirst();
        assertEquals(retrying, lost.id().job());
        rig.pass(SETTINGS.runTtlMs());
        rig.restart();
        rig.pass(5 * SECOND);
        List<Run> claimed = rig.claim(10);
        assertEquals(2, claimed.size());
        claimed.forEach(rig::succeed);
        assertEquals(1, rig.claim(10).size(), "the held one has its turn");
        assertEquals(1, rig.open(held).size());
    }

    @Test
    void withoutTrustNothingIsDecided() {
        rig.coordination.close();
        CompletableFuture<Reply> answer = submitting("r");
        assertEquals(ErrorCode.UNAVAILABLE, failure(answer));
        assertEquals(0, rig.store.counts("default").scheduled());
    }

    /** A job whose spec cannot be evaluated: a bug's stand-in. */
    private JobId poison() {
        JobId id = JobId.of(Samples.PARTITION, 0, 999);
        JobSpec spec = new JobSpec(
                id,
                1,
                Samples.name(Optional.of("poison")),
                new Schedule.Cron("not cron", java.time.ZoneOffset.UTC, dev.kalends.job.DstRule.CRON),
                dev.kalends.job.Window.OPEN,
                new dev.kalends.job.Work.Noop(),
                dev.kalends.job.Policy.DEFAULT,
                java.util.Map.of(),
                LoopRig.T0);
        rig.store.apply(
                new Batch(
                        Samples.PARTITION,
                        1,
                        LoopRig.T0,
                        List.of(
                                new Change.PutSpec(spec, -1),
                                new Change.PutState(Samples.next(id, LoopRig.T0 + 10 * SECOND)))),
                rig.store.position() + 1);
        return id;
    }

    private List<JobId> dueJobs() {
        List<JobId> jobs = new java.util.ArrayList<>();
        rig.store.due(0, rig.clock.nowMs(), new dev.kalends.journal.Store.DueSink() {
            @Override
            public void job(long dueMs, JobId job) {
                jobs.add(job);
            }

            @Override
            public void run(long dueMs, dev.kalends.job.RunId run) {}
        });
        return jobs;
    }

    @Test
    void aFullInboxRefuses() {
        rig.journal.hold();
        CompletableFuture<Reply> _ = submitting("held");
        for (int i = 0; i < Inbox.CAPACITY; i++) {
            CompletableFuture<Reply> _ = rig.loop.ask(new Command.Claim("w1", List.of("default"), 1));
        }
        assertEquals(ErrorCode.THROTTLED, failure(rig.loop.ask(new Command.Claim("w1", List.of("default"), 1))));
        rig.journal.resume();
        rig.work();
        assertEquals(List.of(), rig.claim(1), "it goes on");
    }

    @Test
    void closingAnswersEverybody() {
        CompletableFuture<Reply> parked = rig.park(1, HOUR);
        rig.loop.close();
        assertEquals(Reply.Claimed.NOTHING, parked.join());
        assertEquals(ErrorCode.UNAVAILABLE, failure(rig.loop.ask(new Command.Claim("w1", List.of(), 1))));
    }

    @Test
    void aCommandThatCannotBeDecidedIsAnswered() {
        JobId poison = poison();
        rig.restart();
        rig.pass(15 * SECOND);
        CompletableFuture<Reply> good = rig.loop.ask(
                new Command.Submit("good", 1, List.of(Recipe.in(MINUTE).draft())));
        CompletableFuture<Reply> bad = rig.loop.ask(new Command.Cancel("bad", poison, Command.Stop.LET_FINISH));
        rig.work();
        assertTrue(bad.isDone() && good.isDone());
    }

    @Test
    void aTimerThatCannotBeDecidedIsSetAsideAndKept() {
        JobId poison = poison();
        rig.restart();
        JobId good = rig.submit(Recipe.every(7 * SECOND));
        rig.pass(MINUTE);
        assertTrue(rig.loop.status().leading(), rig.loop.status().problem());
        assertTrue(rig.store.state(good).orElseThrow().fired() >= 7, "it blocks no other");
        assertTrue(dueJobs().contains(poison), "it is still there for a version that can decide it");
    }

    @Test
    void ticketsOfRunsThatWereReadyBeforeAreOffered() throws InterruptedException {
        rig.submit(Recipe.in(SECOND));
        rig.pass(SECOND);
        rig.restart();
        rig.pass(SETTINGS.loadEveryMs());
        assertEquals(
                Optional.of(new Ticket(Samples.PARTITION, "default")), Tickets.take(rig.queue, Set.of("default"), 0));
    }
}
