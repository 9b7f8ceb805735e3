package dev.kalends.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.forecast.Outlook.Wall;
import dev.kalends.job.DstRule;
import dev.kalends.job.JobId;
import dev.kalends.job.JobName;
import dev.kalends.job.JobPlan;
import dev.kalends.job.JobState;
import dev.kalends.job.Schedule;
import dev.kalends.job.Window;
import dev.kalends.journal.Buckets;
import dev.kalends.schedule.FireTimes;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Walls are found where they are, named by who makes them, and flattened by the splay that is suggested. */
final class WallsTest {
    /** Midnight. */
    private static final long T0 = 1_772_323_200_000L;

    private static final long NOW = T0 + 9 * 3_600_000L;
    private static final Buckets MINUTES = Buckets.of(NOW, NOW + 86_400_000L, 60_000);

    private int jobs;
    private final Forecast forecast = new Forecast(MINUTES);

    private void add(int count, String cron, long splayMs) {
        Schedule schedule = new Schedule.Cron(cron, ZoneId.of("UTC"), DstRule.CRON);
        for (int i = 0; i < count; i++) {
            JobName name = new JobName("default", Optional.of("job-" + jobs), Optional.empty());
            Window window = new Window(Optional.empty(), Optional.empty(), Optional.empty(), splayMs);
            JobPlan plan = new JobPlan(JobId.of(0, 0, jobs++), name, schedule, window, NOW);
            long nextMs = FireTimes.of(schedule, 0).nextAfter(NOW - plan.movedMs());
            JobState.NextFire next = new JobState.NextFire(nextMs, nextMs + plan.movedMs());
            forecast.add(plan, Optional.of(JobState.accepted(plan.id(), NOW, Optional.of(next))));
        }
    }

    private List<Wall> walls() {
        return forecast.outlook().walls().highest();
    }

    @Test
    void midnightIsAWall() {
        add(10, "* * * * *", 0);
        add(600, "0 0 * * *", 0);
        add(30, "0 0 * * *", 600_000);
        Wall wall = walls().getFirst();
        assertEquals(1, walls().size());
        assertEquals(T0 + 86_400_000L, MINUTES.startMs(wall.bucket()));
        assertEquals(600, wall.shares().getFirst().fires());
        assertEquals(600, wall.shares().getFirst().source().jobs());
        assertEquals(10, forecast.outlook().walls().typical());
        Outlook.Relief relief = wall.relief().orElseThrow();
        assertEquals(600, relief.jobs());
        assertTrue(relief.peak() < 40, relief.toString());
    }

    @Test
    void theSuggestedSplayDoesWhatIsSaid() {
        add(20, "* * * * *", 0);
        add(3_000, "0 12 * * *", 0);
        Outlook.Relief relief = walls().getFirst().relief().orElseThrow();
        WallsTest after = new WallsTest();
        after.add(20, "* * * * *", 0);
        after.add(3_000, "0 12 * * *", relief.splayMs());
        long highest = 0;
        for (int i = 0; i < MINUTES.count(); i++) {
            highest = Math.max(highest, after.forecast.outlook().in(i));
        }
        // Spread by a hash, not evenly.
        assertEquals((double) relief.peak(), (double) highest, relief.peak() * 0.6, relief.toString());
        assertTrue(highest < 3_020 / 10, "highest=" + highest);
    }

    @Test
    void fullHoursAreWallsOfTheirOwn() {
        add(5, "* * * * *", 0);
        add(100, "0 * * * *", 0);
        Walls.Found found = forecast.outlook().walls();
        assertEquals(23, found.count());
        assertEquals(Walls.WALLS_MAX, found.highest().size());
        Outlook.Relief relief = found.highest().getFirst().relief().orElseThrow();
        assertTrue(relief.splayMs() <= 3_600_000, "an hourly job is not spread over more than an hour: " + relief);
    }

    @Test
    void aPlateauIsOneWallAndQuietIsNone() {
        add(8, "* * * * *", 0);
        assertEquals(List.of(), walls());
        add(50, "10-14 12 * * *", 0);
        add(10, "12 12 * * *", 0);
        assertEquals(1, walls().size());
        assertEquals(
                T0 + 12 * 3_600_000L + 12 * 60_000,
                MINUTES.startMs(walls().getFirst().bucket()));
    }

    @Test
    void aFewFiresAreNoWallHoweverQuietItIs() {
        add(Walls.FIRES_MIN - 1, "0 12 * * *", 0);
        assertEquals(List.of(), walls());
        add(1, "0 12 * * *", 0);
        assertEquals(1, walls().size());
    }
}
