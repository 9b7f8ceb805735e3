package dev.kalends.partition;

import static dev.kalends.partition.Partition.DAY;
import static dev.kalends.partition.Partition.HOUR;
import static dev.kalends.partition.Partition.MINUTE;
import static dev.kalends.partition.Partition.SECOND;
import static dev.kalends.partition.Partition.T0;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.kalends.api.ErrorCode;
import dev.kalends.job.CatchUp;
import dev.kalends.job.JobId;
import dev.kalends.job.Overlap;
import dev.kalends.job.Run;
import dev.kalends.job.RunId;
import dev.kalends.testing.Recipe;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What an edit changes, and what it leaves to the generation before it. */
final class EditTest {
    private final Partition partition = new Partition();

    private Reply edit(JobId job, Recipe recipe) {
        int generation = partition.store.spec(job).orElseThrow().generation();
        return partition.decide(new Command.Edit(partition.requestId(), job, generation, recipe.draft()));
    }

    private void pause(JobId job) {
        Command.Hold hold = new Command.Hold(Optional.empty(), Optional.empty());
        partition.decide(new Command.PauseJobs(partition.requestId(), List.of(job), hold));
    }

    private static ErrorCode refused(Reply reply) {
        return assertInstanceOf(Reply.Refused.class, reply).code();
    }

    @Test
    void aNewScheduleRulesFromNowOn() {
        JobId job = partition.submit(Recipe.cron("0 * * * *").overlap(Overlap.ALLOW));
        partition.run(2 * HOUR, MINUTE);
        edit(job, Recipe.cron("*/30 * * * *").overlap(Overlap.ALLOW));
        partition.run(HOUR, MINUTE);
        List<Long> minutes = partition.open(job).stream()
                .map(run -> (run.id().nominalMs() - T0) / MINUTE)
                .toList();
        assertEquals(List.of(60L, 120L, 150L, 180L), minutes);
        assertEquals(2, partition.store.spec(job).orElseThrow().generation());
    }

    @Test
    void anOpenRunKeepsItsGeneration() {
        JobId job = partition.submit(Recipe.every(MINUTE).attempts(5));
        partition.advance(MINUTE).fireDue();
        Run run = partition.claimOne();
        edit(job, Recipe.every(MINUTE).attempts(1));
        partition.fail(run);
        assertEquals(1, partition.open(job, 0).generation(), "it is retried by the old policy");
        assertEquals(1, partition.open(job).size());
    }

    @Test
    void whatWasDueIsJudgedByTheOldGeneration() {
        JobId job = partition.submit(Recipe.every(MINUTE).catchUp(CatchUp.NONE));
        partition.down(3 * MINUTE + SECOND);
        edit(job, Recipe.every(HOUR).catchUp(CatchUp.ALL));
        assertEquals(List.of("60..180 x3 missed"), partition.ledger(job));
        partition.run(HOUR, MINUTE);
        assertEquals(2, partition.open(job, 0).generation());
    }

    @Test
    void aFireThatWaitsForItsSplayFiresAtTheEdit() {
        JobId job = partition.submit(Recipe.every(HOUR).named("spread").splay(10 * MINUTE));
        long movedMs = partition.store.spec(job).orElseThrow().movedMs();
        partition.advance(HOUR + movedMs / 2).fireDue();
        assertEquals(List.of(), partition.open(job));
        edit(job, Recipe.every(DAY).named("spread"));
        assertEquals(RunId.scheduled(job, T0 + HOUR), partition.open(job, 0).id());
    }

    @Test
    void linesOfTwoGenerationsStayApart() {
        JobId job = partition.submit(Recipe.cron("* * * * *").catchUp(CatchUp.NONE));
        partition.down(2 * MINUTE + SECOND).fireDue();
        edit(job, Recipe.cron("*/1 * * * *").catchUp(CatchUp.NONE));
        partition.down(2 * MINUTE).fireDue();
        assertEquals(List.of("60..120 x2 missed", "180..240 x2 missed"), partition.ledger(job));
    }

    @Test
    void aOneOffGetsAnotherTime() {
        JobId job = partition.submit(Recipe.at(T0 + HOUR));
        edit(job, Recipe.at(T0 + 3 * DAY));
        partition.run(2 * HOUR, MINUTE);
        assertEquals(List.of(), partition.open(job), "the old time means nothing any more");
        partition.run(3 * DAY, HOUR);
        assertEquals(T0 + 3 * DAY, partition.open(job, 0).id().nominalMs());
    }

    @Test
    void aHeldOneOffThatCameDueComesDueAgain() {
        JobId job = partition.submit(Recipe.at(T0 + MINUTE));
        pause(job);
        partition.run(2 * MINUTE, MINUTE);
        edit(job, Recipe.at(T0 + HOUR));
        assertEquals(0, partition.store.counts("default").oneOffsDecided());
        partition.decide(new Command.ResumeJobs(partition.requestId(), List.of(job), Optional.empty()));
        partition.run(HOUR, MINUTE);
        assertEquals(T0 + HOUR, partition.open(job, 0).id().nominalMs());
    }

    @Test
    void aPausedJobStaysPaused() {
        JobId job = partition.submit(Recipe.every(MINUTE));
        pause(job);
        partition.advance(3 * MINUTE);
        edit(job, Recipe.every(HOUR));
        assertEquals(List.of("60..180 x3 skipped"), partition.ledger(job));
        partition.run(HOUR, MINUTE);
        assertEquals(List.of(), partition.open(job));
    }

    @Test
    void maxRunsCountsFromTheFirstGeneration() {
        JobId job = partition.submit(Recipe.every(MINUTE).maxRuns(5).overlap(Overlap.ALLOW));
        partition.run(3 * MINUTE, MINUTE);
        edit(job, Recipe.every(MINUTE).maxRuns(5).overlap(Overlap.ALLOW));
        partition.run(HOUR, MINUTE);
        assertEquals(5, partition.open(job).size());
    }

    @Test
    void refusals() {
        JobId job = partition.submit(Recipe.every(MINUTE));
        JobId once = partition.submit(Recipe.in(MINUTE));
        assertEquals(ErrorCode.INVALID, refused(edit(job, Recipe.at(T0 + DAY))));
        assertEquals(ErrorCode.INVALID, refused(edit(job, Recipe.every(MINUTE).until(T0))));
        Command.Edit stale = new Command.Edit("x", job, 7, Recipe.every(HOUR).draft());
        assertEquals(ErrorCode.CONFLICT, refused(partition.decide(stale)));
        partition.advance(MINUTE).fireDue();
        assertEquals(ErrorCode.CONFLICT, refused(edit(once, Recipe.at(T0 + DAY))));
        partition.cancel(job, Command.Stop.LET_FINISH);
        assertEquals(ErrorCode.CONFLICT, refused(edit(job, Recipe.every(HOUR))));
    }
}
