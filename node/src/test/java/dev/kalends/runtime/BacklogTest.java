package dev.kalends.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.job.CatchUp;
import dev.kalends.job.JobId;
import dev.kalends.job.Priority;
import dev.kalends.job.Run;
import dev.kalends.testing.Recipe;
import dev.kalends.testing.Samples;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The flood that a new leader finds: let in a portion a batch, high tier first, behind what is due now. */
final class BacklogTest {
    private static final int JOBS = 4 * Backlog.PORTION;

    private final List<JobId> decided = new ArrayList<>();

    private Backlog flood() {
        Backlog backlog = new Backlog(job -> job.value() % 2 == 0 ? Priority.LOW : Priority.HIGH);
        backlog.clear(0);
        for (int i = 0; i < JOBS; i++) {
            backlog.add(1_000 + i, Samples.oneOff(i));
        }
        return backlog;
    }

    private void poll(Backlog backlog) {
        backlog.poll(decided::add);
    }

    @Test
    void theHighTierComesFirstAndEachBatchHasAPortion() {
        Backlog backlog = flood();
        poll(backlog);
        assertEquals(Backlog.PORTION, decided.size());
        assertTrue(decided.stream().allMatch(job -> job.value() % 2 != 0), "high before low");
        while (!backlog.isEmpty()) {
            poll(backlog);
        }
        assertEquals(JOBS, decided.stream().distinct().count());
        assertTrue(decided.subList(JOBS / 2, JOBS).stream().allMatch(job -> job.value() % 2 == 0));
    }

    @Test
    void itSaysHowMuchIsLeftAndForHowLong() {
        Backlog backlog = flood();
        assertEquals(-1, backlog.etaMs(5), "nothing is known yet");
        poll(backlog);
        assertEquals(JOBS - Backlog.PORTION, backlog.left());
        assertEquals(3_000, backlog.etaMs(1_000_000_000L), "a portion a second, three are left");
        assertEquals(1_000, backlog.floorMs(), "nothing before this was due");
        while (!backlog.isEmpty()) {
            poll(backlog);
        }
        assertEquals(0, backlog.etaMs(2_000_000_000L));
        assertEquals(Long.MAX_VALUE, backlog.floorMs());
    }

    @Test
    void whatIsDueNowDoesNotWaitForTheFlood() {
        LoopRig rig = new LoopRig();
        for (int i = 0; i < 3 * Backlog.PORTION; i++) {
            rig.submit(Recipe.every(LoopRig.HOUR).catchUp(CatchUp.LAST));
        }
        JobId now = rig.submit(Recipe.in(2 * LoopRig.HOUR));
        rig.clock.advance(2 * LoopRig.HOUR);
        rig.reborn();
        while (rig.open(now).isEmpty()) {
            assertTrue(rig.loop.doWork(), "it fires");
        }
        long flood = rig.allOpen().size();
        assertTrue(flood <= 2L * Backlog.PORTION, "most of the flood is still to come; fired=" + flood);
        rig.work();
        assertEquals(3 * Backlog.PORTION + 1, rig.allOpen().size(), "and it all comes");
    }

    @Test
    void theHighTierOfAFloodStartsFirst() {
        LoopRig rig = new LoopRig();
        for (int i = 0; i < 2 * Backlog.PORTION; i++) {
            rig.submit(Recipe.in(LoopRig.MINUTE).priority(i % 8 == 0 ? Priority.HIGH : Priority.LOW));
        }
        rig.clock.advance(LoopRig.HOUR);
        rig.reborn();
        while (rig.allOpen().isEmpty()) {
            assertTrue(rig.loop.doWork(), "it fires");
        }
        List<Run> first = rig.allOpen();
        long high = first.stream()
                .filter(run -> run.route().priority() == Priority.HIGH)
                .count();
        assertEquals(2 * Backlog.PORTION / 8, high, "all of the high tier is in the first portion");
        rig.work();
        assertEquals(2 * Backlog.PORTION, rig.allOpen().size());
    }
}
