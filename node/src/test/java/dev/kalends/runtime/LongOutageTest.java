package dev.kalends.runtime;

import static dev.kalends.runtime.LoopRig.MINUTE;
import static dev.kalends.runtime.LoopRig.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.job.CatchUp;
import dev.kalends.job.JobId;
import dev.kalends.job.LedgerLine;
import dev.kalends.job.Overlap;
import dev.kalends.job.Run;
import dev.kalends.job.RunState;
import dev.kalends.testing.FaultyStore;
import dev.kalends.testing.Recipe;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A week without a node costs a per-second job a few ledger lines, and the node that comes back a moment. */
final class LongOutageTest {
    private static final long WEEK_MS = 7 * 86_400_000L;
    private static final long WEEK_FIRES = WEEK_MS / SECOND;
    private static final int CATCH_UP_RUNS_MAX = 1_000;

    private final LoopRig rig = new LoopRig();
    private long changes;

    /** The job of a policy, after a minute in service, a week without, and the moment in which a node is back. */
    private JobId back(Recipe recipe) {
        JobId job = rig.submit(recipe);
        for (long second = 0; second < MINUTE; second += SECOND) {
            rig.pass(SECOND);
            rig.claim(1).forEach(rig::succeed);
        }
        rig.clock.advance(WEEK_MS + SECOND / 2);
        rig.faulty.faults((batch, _) -> {
            changes += batch.changes().size();
            return FaultyStore.Fate.APPLIED;
        });
        assertTimeout(Duration.ofSeconds(20), rig::restart);
        rig.checkCounters();
        return job;
    }

    private List<LedgerLine> ledger(JobId job) {
        return rig.store.reader().ledger(job, 0, 1_000);
    }

    private static void check(LedgerLine line, RunState verdict, long fromSecond, long toSecond) {
        assertEquals(verdict, line.verdict());
        assertEquals(LoopRig.T0 + fromSecond * SECOND, line.fromMs());
        assertEquals(LoopRig.T0 + toSecond * SECOND, line.toMs());
        assertEquals(toSecond - fromSecond + 1, line.count());
    }

    @Test
    void noneMissesTheWeekInOneLine() {
        for (Recipe recipe : List.of(Recipe.every(SECOND), Recipe.cron("* * * * * *"))) {
            LongOutageTest fresh = new LongOutageTest();
            List<LedgerLine> lines = fresh.ledger(fresh.back(recipe.catchUp(CatchUp.NONE)));
            assertEquals(2, lines.size(), lines::toString);
            check(lines.getFirst(), RunState.SUCCEEDED, 1, 60);
            check(lines.getLast(), RunState.MISSED, 61, 60 + WEEK_FIRES);
            assertTrue(fresh.changes < 20, () -> "changes=" + fresh.changes);
        }
    }

    @Test
    void lastRunsOneOfTheWeek() {
        JobId job = back(Recipe.every(SECOND).catchUp(CatchUp.LAST));
        List<Run> claimed = rig.claim(10);
        assertEquals(1, claimed.size());
        claimed.forEach(rig::succeed);
        List<LedgerLine> lines = ledger(job);
        assertEquals(3, lines.size(), lines::toString);
        check(lines.get(1), RunState.MISSED, 61, 59 + WEEK_FIRES);
        check(lines.get(2), RunState.SUCCEEDED, 60 + WEEK_FIRES, 60 + WEEK_FIRES);
        assertTrue(changes < 30, () -> "changes=" + changes);
    }

    @Test
    void allMakesUpForSoManyOneAfterTheOther() {
        JobId job = back(Recipe.every(SECOND).catchUp(CatchUp.ALL).overlap(Overlap.ALLOW));
        assertEquals(CATCH_UP_RUNS_MAX, rig.open(job).size());
        int ran = 0;
        for (List<Run> claimed = rig.claim(10); !claimed.isEmpty(); claimed = rig.claim(10)) {
            assertEquals(1, claimed.size(), "one after the other");
            claimed.forEach(rig::succeed);
            ran++;
        }
        assertEquals(CATCH_UP_RUNS_MAX, ran);
        List<LedgerLine> lines = ledger(job);
        assertEquals(3, lines.size(), lines::toString);
        check(lines.get(1), RunState.MISSED, 61, 60 + WEEK_FIRES - CATCH_UP_RUNS_MAX);
        check(lines.get(2), RunState.SUCCEEDED, 61 + WEEK_FIRES - CATCH_UP_RUNS_MAX, 60 + WEEK_FIRES);
    }
}
