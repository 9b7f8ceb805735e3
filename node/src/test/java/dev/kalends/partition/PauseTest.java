package dev.kalends.partition;

import static dev.kalends.partition.Partition.DAY;
import static dev.kalends.partition.Partition.HOUR;
import static dev.kalends.partition.Partition.MINUTE;
import static dev.kalends.partition.Partition.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.job.CatchUp;
import dev.kalends.job.JobId;
import dev.kalends.job.JobPhase;
import dev.kalends.job.Overlap;
import dev.kalends.job.Pause;
import dev.kalends.job.Run;
import dev.kalends.job.RunId;
import dev.kalends.job.RunState;
import dev.kalends.testing.Recipe;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What becomes of fires, runs and one-offs while a job, its tenant, or everything is paused, and afterwards. */
final class PauseTest {
    private static final Command.Hold OPEN = new Command.Hold(Optional.empty(), Optional.of("moving"));

    private final Partition partition = new Partition();

    private String pause(JobId job, Command.Hold hold) {
        return act(partition.decide(new Command.PauseJobs(partition.requestId(), List.of(job), hold)));
    }

    private String resume(JobId job, Optional<CatchUp> catchUp) {
        return act(partition.decide(new Command.ResumeJobs(partition.requestId(), List.of(job), catchUp)));
    }

    private String pauseAll(Optional<String> tenant, Command.Hold hold) {
        return act(partition.decide(new Command.PauseAll(partition.requestId(), tenant, hold)));
    }

    private String resumeAll(Optional<String> tenant, Optional<CatchUp> catchUp) {
        return act(partition.decide(new Command.ResumeAll(partition.requestId(), tenant, catchUp)));
    }

    private void tend() {
        partition.decide(new Command.Tend(SECOND));
    }

    private static String act(Reply reply) {
        return assertInstanceOf(Reply.Acted.class, reply).acts().getFirst().outcome();
    }

    private static Optional<CatchUp> by(CatchUp policy) {
        return Optional.of(policy);
    }

    @Test
    void resumeSkipsWhatFellInBetween() {
        JobId job = partition.submit(Recipe.every(MINUTE));
        assertEquals("paused", pause(job, OPEN));
        partition.run(5 * MINUTE + SECOND, SECOND);
        assertEquals(List.of(), partition.open(job));
        assertEquals("resumed", resume(job, Optional.empty()));
        assertEquals(List.of("60..300 x5 skipped"), partition.ledger(job));
        assertEquals(
                Optional.of("paused: moving"),
                partition.store.reader().ledger(job, 0, 1).getFirst().reason());
        partition.run(MINUTE, SECOND);
        assertEquals(1, partition.open(job).size(), "it goes on");
    }

    @Test
    void resumeCatchesUpWhenAsked() {
        JobId last = partition.submit(Recipe.every(MINUTE));
        JobId all = partition.submit(Recipe.every(MINUTE));
        pause(last, OPEN);
        pause(all, OPEN);
        partition.advance(3 * MINUTE);
        resume(last, by(CatchUp.LAST));
        resume(all, by(CatchUp.ALL));
        assertEquals(List.of("60..120 x2 skipped"), partition.ledger(last));
        assertEquals(3, partition.open(all).size());
        List<Reply.Granted> grants = partition.claim(9);
        assertEquals(2, grants.size(), "the last of one, and the first of the other");
        assertTrue(grants.stream().allMatch(grant -> grant.run().marks().catchUp()));
    }

    @Test
    void aWeekOfSecondsIsOneLine() {
        JobId job = partition.submit(Recipe.every(SECOND));
        pause(job, OPEN);
        partition.advance(7 * DAY);
        resume(job, Optional.empty());
        assertEquals(List.of("1..604800 x604800 skipped"), partition.ledger(job));
    }

    @Test
    void aTimedPauseEndsByItself() {
        JobId job = partition.submit(Recipe.every(MINUTE));
        pause(job, new Command.Hold(Optional.of(3 * MINUTE + 1), Optional.empty()));
        partition.run(4 * MINUTE, SECOND);
        assertEquals(Optional.of(JobPhase.SCHEDULED), partition.phase(job));
        assertEquals(List.of("60..180 x3 skipped"), partition.ledger(job));
        assertEquals(1, partition.open(job).size());
    }

    @Test
    void anOpenRunIsHeldBackAndARunningOneFinishes() {
        JobId waiting = partition.submit(Recipe.every(MINUTE));
        JobId running = partition.submit(Recipe.every(MINUTE));
        partition.advance(MINUTE).fireDue();
        Run first = partition.claimOne();
        Run second = partition.claimOne();
        partition.fail(first);
        partition.run(2 * HOUR, MINUTE);
        pause(first.id().job(), OPEN);
        pause(second.id().job(), OPEN);
        assertEquals(List.of(), partition.claim(5), "its retry waits for the end of the pause");
        partition.succeed(second);
        assertEquals(RunState.SUCCEEDED, partition.ended(second.id()));
        resume(first.id().job(), Optional.empty());
        Run again = partition.claimOne();
        assertEquals(first.id(), again.id());
        assertTrue(again.marks().catchUp(), "its lateness is the pause's, not the scheduler's");
        assertEquals(2, List.of(waiting, running).size());
    }

    @Test
    void aRunHeldBackIsFoundAgainByANewLeader() {
        JobId job = partition.submit(Recipe.every(MINUTE));
        partition.advance(MINUTE).fireDue();
        pause(job, OPEN);
        assertEquals(List.of(), partition.claim(5));
        partition.down(SECOND);
        assertEquals(List.of(), partition.claim(5));
        resume(job, Optional.empty());
        assertEquals(1, partition.claim(5).size());
    }

    @Test
    void aOneOffWaitsAndThenRuns() {
        JobId job = partition.submit(Recipe.in(MINUTE));
        pause(job, OPEN);
        partition.run(5 * MINUTE, SECOND);
        assertEquals(1, partition.store.counts("default").oneOffsDecided(), "it is accounted for while it waits");
        assertEquals(List.of(), partition.open(job));
        resume(job, Optional.empty());
        assertEquals(1, partition.open(job).size());
        partition.succeed(partition.claimOne());
        assertEquals(Optional.of(JobPhase.FINISHED), partition.phase(job));
        assertEquals(1, partition.store.counts("default").oneOffsDecided());
    }

    @Test
    void aOneOffPausedAheadFiresAtItsTime() {
        JobId job = partition.submit(Recipe.in(HOUR));
        pause(job, OPEN);
        partition.run(MINUTE, SECOND);
        resume(job, Optional.empty());
        partition.run(HOUR, MINUTE);
        assertEquals(1, partition.open(job).size());
    }

    @Test
    void aOneOffCanBeSkipped() {
        JobId job = partition.submit(Recipe.in(MINUTE));
        pause(job, OPEN);
        partition.advance(2 * MINUTE);
        resume(job, by(CatchUp.NONE));
        assertEquals(RunState.SKIPPED, partition.ended(RunId.scheduled(job, Partition.T0 + MINUTE)));
        assertEquals(Optional.of(JobPhase.FINISHED), partition.phase(job));
    }

    @Test
    void cancellingAPausedJobGivesWhatPassedAVerdict() {
        JobId job = partition.submit(Recipe.every(MINUTE));
        pause(job, OPEN);
        partition.advance(2 * MINUTE);
        partition.cancel(job, Command.Stop.LET_FINISH);
        assertEquals(List.of("60..120 x2 cancelled"), partition.ledger(job));
    }

    @Test
    void everythingIsHeldBackWhenItComesDue() {
        JobId soon = partition.submit(Recipe.every(MINUTE));
        JobId once = partition.submit(Recipe.in(2 * MINUTE));
        JobId later = partition.submit(Recipe.every(DAY));
        assertEquals("paused", pauseAll(Optional.empty(), OPEN));
        partition.run(10 * MINUTE, SECOND);
        assertEquals(Optional.of(JobPhase.PAUSED), partition.phase(soon));
        assertEquals(Optional.of(JobPhase.PAUSED), partition.phase(once));
        assertEquals(Optional.of(JobPhase.SCHEDULED), partition.phase(later), "it never met the pause");
        assertEquals(
                Pause.By.EVERYTHING,
                partition
                        .store
                        .state(soon)
                        .orElseThrow()
                        .paused()
                        .orElseThrow()
                        .why()
                        .by());
        assertEquals("still_paused", resume(soon, Optional.empty()));
        assertEquals("resumed", resumeAll(Optional.empty(), Optional.empty()));
        tend();
        assertEquals(List.of("60..600 x10 skipped"), partition.ledger(soon));
        assertEquals(1, partition.open(once).size(), "one-offs run");
        tend();
        assertEquals(List.of(), partition.store.pauses());
        partition.run(MINUTE, SECOND);
        assertEquals(1, partition.open(soon).size());
    }

    @Test
    void aTenantIsHeldBackAndItsNeighboursAreNot() {
        JobId theirs = partition.submit(Recipe.every(MINUTE).tenant("acme"));
        JobId ours = partition.submit(Recipe.every(MINUTE));
        pauseAll(Optional.of("acme"), OPEN);
        partition.run(3 * MINUTE, SECOND);
        assertEquals(Optional.of(JobPhase.PAUSED), partition.phase(theirs));
        assertEquals(1, partition.open(ours).size());
        assertEquals("not_paused", resumeAll(Optional.empty(), Optional.empty()));
        resumeAll(Optional.of("acme"), by(CatchUp.LAST));
        tend();
        assertEquals(List.of("60..120 x2 skipped"), partition.ledger(theirs));
        assertEquals(1, partition.open(theirs).size());
    }

    @Test
    void anEndingPauseGoesInPortions() {
        for (int i = 0; i < PauseDecider.RESUMED_A_STEP + 10; i++) {
            partition.submit(Recipe.in(MINUTE));
        }
        pauseAll(Optional.empty(), OPEN);
        partition.advance(MINUTE).fireDue();
        resumeAll(Optional.empty(), Optional.empty());
        tend();
        assertEquals(10, partition.store.counts("default").paused());
        partition.down(SECOND);
        tend();
        assertEquals(0, partition.store.counts("default").paused(), "a new leader goes on with it");
    }

    @Test
    void aTimedPauseOfEverythingEndsByItself() {
        JobId job = partition.submit(Recipe.every(MINUTE));
        pauseAll(Optional.empty(), new Command.Hold(Optional.of(2 * MINUTE + 1), Optional.empty()));
        partition.run(3 * MINUTE, SECOND);
        assertEquals(Optional.of(JobPhase.PAUSED), partition.phase(job));
        tend();
        tend();
        partition.fireDue();
        assertEquals(List.of("60..120 x2 skipped"), partition.ledger(job), "only what lay in it");
        assertEquals(1, partition.open(job).size());
    }

    @Test
    void readyRunsOfAPausedTenantWait() {
        JobId job = partition.submit(Recipe.in(MINUTE));
        partition.advance(MINUTE).fireDue();
        pauseAll(Optional.empty(), OPEN);
        assertEquals(List.of(), partition.claim(5));
        resumeAll(Optional.empty(), Optional.empty());
        assertEquals(job, partition.claimOne().id().job());
    }

    @Test
    void aTimedPauseLetsWhatWaitedGoOn() {
        JobId job = partition.submit(Recipe.every(HOUR));
        partition.advance(HOUR).fireDue();
        pause(job, new Command.Hold(Optional.of(MINUTE), Optional.empty()));
        assertEquals(List.of(), partition.claim(5));
        partition.run(2 * MINUTE, SECOND);
        assertEquals(1, partition.claim(5).size());
    }

    @Test
    void onlyWhatLayInAPauseIsSkippedHoweverLongItsPortionsTake() {
        JobId job = partition.submit(Recipe.every(MINUTE).overlap(Overlap.ALLOW));
        pauseAll(Optional.empty(), OPEN);
        partition.run(3 * MINUTE, SECOND);
        resumeAll(Optional.empty(), Optional.empty());
        partition.advance(2 * MINUTE);
        tend();
        partition.fireDue();
        assertEquals(List.of("60..180 x3 skipped"), partition.ledger(job));
        assertEquals(2, partition.open(job).size(), "what came due afterwards fires, late");
    }

    @Test
    void aTriggerOfAPausedJobMustBeForced() {
        JobId job = partition.submit(Recipe.every(HOUR));
        pause(job, OPEN);
        assertInstanceOf(Reply.Refused.class, partition.trigger(job));
        assertInstanceOf(
                Reply.Acted.class,
                partition.decide(new Command.Trigger(partition.requestId(), job, Command.Force.IGNORE)));
        assertEquals(1, partition.claim(5).size(), "a forced run starts all the same");
    }

    @Test
    void aJobWhoseLastFireIsDueNowIsNotLeftPausedForEver() {
        JobId once = partition.submit(Recipe.in(MINUTE));
        JobId last = partition.submit(Recipe.every(MINUTE).maxRuns(1));
        partition.advance(MINUTE);
        assertEquals("already_fired", pause(once, OPEN), "it fires at that moment");
        assertEquals("paused", pause(last, OPEN), "its run waits");
        partition.claim(5).forEach(grant -> partition.succeed(grant.run()));
        assertEquals(Optional.of(JobPhase.FINISHED), partition.phase(once));
        resume(last, Optional.empty());
        partition.claim(5).forEach(grant -> partition.succeed(grant.run()));
        assertEquals(Optional.of(JobPhase.FINISHED), partition.phase(last));
        JobId missed = partition.submit(Recipe.every(MINUTE).maxRuns(1).catchUp(CatchUp.NONE));
        partition.down(2 * MINUTE);
        assertEquals("already_finished", pause(missed, OPEN), "nothing of it is left to hold back");
    }

    @Test
    void pausesOfTwoKindsStandSideBySide() {
        JobId job = partition.submit(Recipe.every(MINUTE));
        pauseAll(Optional.empty(), OPEN);
        partition.advance(MINUTE).fireDue();
        assertEquals("paused", pause(job, OPEN));
        resumeAll(Optional.empty(), Optional.empty());
        tend();
        tend();
        assertEquals(Optional.of(JobPhase.PAUSED), partition.phase(job), "its own pause goes on");
        resume(job, Optional.empty());
        assertEquals(List.of("60..60 x1 skipped"), partition.ledger(job));
    }

    @Test
    void maxRunsAndFinishAfterAPause() {
        JobId job = partition.submit(Recipe.every(MINUTE).maxRuns(3));
        pause(job, OPEN);
        partition.advance(HOUR);
        resume(job, Optional.empty());
        assertEquals(List.of("60..180 x3 skipped"), partition.ledger(job));
        assertEquals(Optional.of(JobPhase.FINISHED), partition.phase(job));
    }
}
