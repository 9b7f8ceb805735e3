package dev.kalends.partition;

import static dev.kalends.partition.Partition.MINUTE;
import static dev.kalends.partition.Partition.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.job.Overlap;
import dev.kalends.job.Run;
import dev.kalends.testing.Recipe;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Limit keys: at most so many runs at once of all jobs that name the key. */
final class LimitTest {
    private final Partition partition = new Partition();

    private void oneOffs(int count, String key, int most) {
        for (int i = 0; i < count; i++) {
            partition.submit(Recipe.in(SECOND).limit(key, most));
        }
    }

    @Test
    void grantsAsManyAsTheKeyAllowsAndGoesOnWhenOneEnds() {
        oneOffs(5, "db", 2);
        partition.submit(Recipe.in(SECOND));
        partition.advance(SECOND).fireDue();
        List<Run> first = partition.claim(10).stream().map(Reply.Granted::run).toList();
        assertEquals(3, first.size(), "two under the key and the one without");
        assertEquals(List.of(), partition.claim(10));
        partition.succeed(first.getFirst());
        List<Reply.Granted> next = partition.claim(10);
        assertEquals(1, next.size());
        assertTrue(next.getFirst().run().marks().catchUp(), "its wait is not the scheduler's lateness");
    }

    @Test
    void aFailedAttemptGivesItsPlaceAway() {
        oneOffs(2, "db", 1);
        partition.advance(SECOND).fireDue();
        Run first = partition.claimOne();
        partition.fail(first);
        Run second = partition.claimOne();
        assertEquals(first.id().nominalMs(), second.id().nominalMs());
        partition.run(20 * MINUTE, MINUTE);
        assertEquals(List.of(), partition.claim(5), "the retry waits for its place");
        partition.succeed(second);
        assertEquals(first.id(), partition.claimOne().id());
    }

    @Test
    void aLostLeaseGivesItsPlaceAway() {
        oneOffs(2, "db", 1);
        partition.advance(SECOND).fireDue();
        partition.lose(partition.claimOne());
        assertEquals(1, partition.claim(5).size());
    }

    @Test
    void tenantsDoNotShareKeys() {
        partition.submit(Recipe.in(SECOND).limit("db", 1));
        partition.submit(Recipe.in(SECOND).limit("db", 1).tenant("acme"));
        partition.advance(SECOND).fireDue();
        assertEquals(2, partition.claim(5).size());
    }

    @Test
    void aNewLeaderKnowsWhatRuns() {
        oneOffs(3, "db", 2);
        partition.advance(SECOND).fireDue();
        partition.claimOne();
        partition.down(SECOND);
        assertEquals(1, partition.claim(5).size());
        assertEquals(List.of(), partition.claim(5));
    }

    @Test
    void jobsMayAllowDifferentNumbers() {
        partition.submit(Recipe.in(SECOND).limit("db", 1));
        partition.submit(Recipe.in(SECOND).limit("db", 1));
        partition.submit(Recipe.in(SECOND).limit("db", 2));
        partition.advance(SECOND).fireDue();
        assertEquals(2, partition.claim(5).size(), "one of the careful ones, and the one that allows a neighbour");
    }

    @Test
    void whatEndedWhileItWaitedDoesNotKeepTheRoom() {
        partition.submit(Recipe.in(SECOND).limit("db", 1));
        partition.advance(SECOND).fireDue();
        Run running = partition.claimOne();
        partition.submit(Recipe.every(MINUTE).limit("db", 1).overlap(Overlap.REPLACE));
        for (int i = 0; i < 3; i++) {
            partition.advance(MINUTE).fireDue();
            assertEquals(List.of(), partition.claim(5));
        }
        partition.succeed(running);
        assertEquals(1, partition.claim(5).size(), "two of them were replaced, the last one runs");
    }

    @Test
    void cancellingWhatWaitsLeavesNoTrace() {
        oneOffs(3, "db", 1);
        partition.advance(SECOND).fireDue();
        Run running = partition.claimOne();
        assertEquals(List.of(), partition.claim(5));
        List<Run> open = new ArrayList<>();
        partition.store.openRuns(open::add);
        open.remove(running);
        open.forEach(run ->
                partition.decide(new Command.CancelRun(partition.requestId(), run.id(), Command.Stop.LET_FINISH)));
        partition.succeed(running);
        assertEquals(List.of(), partition.claim(5));
        partition.submit(Recipe.in(SECOND).limit("db", 1).overlap(Overlap.ALLOW));
        partition.advance(SECOND).fireDue();
        assertEquals(1, partition.claim(5).size());
    }
}
