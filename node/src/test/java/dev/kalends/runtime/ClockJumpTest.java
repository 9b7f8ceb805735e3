package dev.kalends.runtime;

import static dev.kalends.runtime.LoopRig.HOUR;
import static dev.kalends.runtime.LoopRig.MINUTE;
import static dev.kalends.runtime.LoopRig.SECOND;
import static dev.kalends.runtime.LoopRig.SETTINGS;
import static dev.kalends.runtime.LoopRig.T0;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.job.CatchUp;
import dev.kalends.job.JobId;
import dev.kalends.job.Overlap;
import dev.kalends.job.Run;
import dev.kalends.job.RunState;
import dev.kalends.testing.Recipe;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The wall clock jumps: that may change when things happen, never how many. */
final class ClockJumpTest {
    private final LoopRig rig = new LoopRig();

    @Test
    void whatComesWhileALongJumpIsHeldIsDueByTheTimeBefore() {
        rig.clock.jumpWall(HOUR);
        rig.work();
        JobId job = rig.submit(Recipe.in(4 * SECOND));
        rig.pass(SECOND);
        rig.clock.jumpWall(-HOUR);
        rig.pass(3 * SECOND - 1);
        assertEquals(List.of(), rig.open(job), "not early");
        rig.pass(1);
        assertEquals(1, rig.open(job).size());
    }

    @Test
    void jumpsThatAreHeldAddUp() {
        rig.clock.jumpWall(HOUR);
        rig.pass(SECOND);
        rig.clock.jumpWall(HOUR);
        rig.work();
        JobId job = rig.submit(Recipe.in(2 * SECOND));
        rig.clock.jumpWall(-2 * HOUR);
        rig.pass(2 * SECOND - 1);
        assertEquals(List.of(), rig.open(job));
        rig.pass(1);
        assertEquals(1, rig.open(job).size());
    }

    @Test
    void aJumpThatIsHeldIsNoSkew() {
        rig.submit(Recipe.in(SECOND));
        rig.pass(SECOND);
        rig.clock.jumpWall(HOUR);
        rig.work();
        Run run = rig.claim(1).getFirst();
        rig.clock.jumpWall(-HOUR);
        rig.work();
        rig.succeed(run);
        assertEquals(0, rig.meters.drain(Meters.Stage.COMMIT).getMaxValue());
    }

    @Test
    void aLongJumpForwardHoldsFiringUntilItIsConfirmed() {
        JobId job = rig.submit(Recipe.in(30 * MINUTE));
        rig.pass(SECOND);
        rig.clock.jumpWall(HOUR);
        rig.pass(ClockWatch.CONFIRM_MS - 1);
        assertEquals(List.of(), rig.open(job));
        rig.pass(2);
        assertEquals(1, rig.open(job).size());
        assertEquals(1, rig.meters.total(Meters.Counter.CLOCK_JUMPS));
    }

    @Test
    void aLongJumpForwardThatIsTakenBackFiresNothing() {
        JobId job = rig.submit(Recipe.in(30 * MINUTE));
        rig.clock.jumpWall(HOUR);
        rig.pass(SECOND);
        rig.clock.jumpWall(-HOUR);
        rig.pass(10 * SECOND);
        assertEquals(List.of(), rig.open(job));
        rig.pass(30 * MINUTE - 11 * SECOND - 1);
        assertEquals(List.of(), rig.open(job));
        rig.pass(1);
        assertEquals(1, rig.open(job).size());
    }

    @Test
    void aShortJumpForwardFiresAtOnce() {
        JobId job = rig.submit(Recipe.in(30 * SECOND));
        rig.clock.jumpWall(40 * SECOND);
        rig.pass(1);
        assertEquals(1, rig.open(job).size());
    }

    @Test
    void aJumpBackFiresNothingTwiceAndNothingEarly() {
        JobId job = rig.submit(Recipe.every(10 * MINUTE).overlap(Overlap.ALLOW).catchUp(CatchUp.ALL));
        rig.pass(30 * MINUTE);
        assertEquals(3, rig.open(job).size());
        rig.clock.jumpWall(-25 * MINUTE);
        rig.pass(34 * MINUTE);
        assertEquals(3, rig.open(job).size(), "the next one is due at 40 minutes by the clock");
        rig.pass(MINUTE);
        assertEquals(4, rig.open(job).size());
    }

    @Test
    void suspendIsAJumpAndLeasesOutliveIt() {
        JobId job = rig.submit(Recipe.every(MINUTE));
        rig.pass(MINUTE);
        Run run = rig.claim(1).getFirst();
        rig.clock.suspend(3 * HOUR);
        rig.pass(ClockWatch.CONFIRM_MS + SECOND);
        assertEquals(List.of(), rig.renew(run).lost(), "leases are measured on the monotonic clock");
        assertEquals(RunState.LEASED, rig.open(job).getFirst().state());
        assertEquals(T0 + MINUTE + 3 * HOUR, rig.store.state(job).orElseThrow().lastNominalMs());
    }

    @Test
    void anHourBackAndForthDoesNotChangeHowMany() {
        JobId job = rig.submit(Recipe.every(MINUTE).overlap(Overlap.ALLOW).catchUp(CatchUp.ALL));
        for (int i = 0; i < 5; i++) {
            rig.pass(7 * MINUTE);
            rig.clock.jumpWall(i % 2 == 0 ? HOUR : -HOUR);
            rig.pass(SETTINGS.loadEveryMs());
        }
        rig.pass(2 * HOUR);
        long lastMs = rig.store.state(job).orElseThrow().lastNominalMs();
        assertEquals((lastMs - T0) / MINUTE, rig.store.state(job).orElseThrow().fired());
        assertEquals((lastMs - T0) / MINUTE, rig.open(job).size());
    }

    @Test
    void afterAJumpBackFiresAreNoMisfires() {
        rig.pass(HOUR);
        rig.restart();
        rig.clock.jumpWall(-HOUR);
        rig.pass(SECOND);
        JobId job = rig.submit(Recipe.every(MINUTE).overlap(Overlap.ALLOW));
        rig.pass(MINUTE - 1);
        rig.clock.advance(5);
        rig.work();
        assertEquals(1, rig.open(job).size());
        assertFalse(rig.open(job).getFirst().marks().catchUp());
        assertTrue(rig.open(job).getFirst().id().nominalMs() <= rig.clock.nowMs());
    }

    @Test
    void answersAreKeptForRealTime() {
        rig.submit("kept", Recipe.in(HOUR));
        rig.clock.jumpWall(20 * MINUTE);
        rig.pass(9 * MINUTE);
        assertTrue(rig.store.request("kept").isPresent());
        rig.pass(2 * MINUTE);
        assertFalse(rig.store.request("kept").isPresent());
    }

    @Test
    void whatIsKeptForATimeIsKeptOverAMistakenJump() {
        rig.submit("kept", Recipe.in(SECOND));
        rig.pass(SECOND);
        rig.succeed(rig.claim(1).getFirst());
        rig.clock.jumpWall(400L * 24 * HOUR);
        rig.pass(ClockWatch.CONFIRM_MS - SECOND);
        assertTrue(rig.store.request("kept").isPresent());
        assertEquals(
                1,
                rig.store
                        .reader()
                        .history(Long.MAX_VALUE, _ -> true, 10, 10)
                        .runs()
                        .size());
    }
}
