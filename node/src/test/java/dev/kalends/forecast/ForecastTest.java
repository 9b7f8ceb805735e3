package dev.kalends.forecast;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kalends.job.DstRule;
import dev.kalends.job.JobId;
import dev.kalends.job.JobName;
import dev.kalends.job.JobPhase;
import dev.kalends.job.JobPlan;
import dev.kalends.job.JobState;
import dev.kalends.job.Pause;
import dev.kalends.job.Schedule;
import dev.kalends.job.Window;
import dev.kalends.journal.Buckets;
import dev.kalends.journal.StoreReader;
import dev.kalends.schedule.FireTimes;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Counts of many jobs together agree with each job evaluated fire by fire. */
final class ForecastTest {
    private static final long NOW = 1_772_323_200_000L + 9 * 3_600_000L + 12_345;
    private static final long DAY_MS = 86_400_000L;
    private static final String[] CRON = {
        "0 0 * * *",
        "*/5 * * * *",
        "* * * * *",
        "*/20 * * * * *",
        "H * * * *",
        "H H * * *",
        "30 2 * * 1-5",
        "59 23 * * *"
    };
    private static final String[] ZONES = {"UTC", "America/New_York", "Asia/Kathmandu"};
    private static final long[] PERIODS_MS = {1_000, 15_000, 60_000, 90_000, 300_000, 700_001, 3_600_000, 100_000_000};

    private static JobPlan plan(int i, Schedule schedule, Window window) {
        JobName name = new JobName("default", Optional.of("job-" + i), Optional.empty());
        return new JobPlan(JobId.of(0, 0, i), name, schedule, window, NOW - DAY_MS);
    }

    private static Window splay(long splayMs) {
        return new Window(Optional.empty(), Optional.empty(), Optional.empty(), splayMs);
    }

    private static Optional<JobState> next(JobPlan plan, long nominalMs, int fired) {
        JobState.NextFire next = new JobState.NextFire(nominalMs, nominalMs + plan.movedMs());
        JobState accepted = JobState.accepted(plan.id(), NOW, Optional.of(next));
        return Optional.of(accepted.decided(NOW - 1, fired, accepted.next()));
    }

    /** What one job adds, fire by fire. */
    private static void count(JobPlan plan, long nextMs, int fired, Buckets buckets, long[] into) {
        FireTimes times = FireTimes.of(plan.schedule(), plan.hashSeed());
        long left = plan.window().maxRuns().map(max -> (long) max - fired).orElse(Long.MAX_VALUE);
        for (long at = times.nextAfter(nextMs - 1); left > 0; at = times.nextAfter(at)) {
            if (at == FireTimes.NEVER
                    || at >= plan.window().untilMs().orElse(Long.MAX_VALUE)
                    || at + plan.movedMs() >= buckets.untilMs()) {
                return;
            }
            int bucket = buckets.of(at + plan.movedMs());
            if (bucket >= 0) {
                into[bucket]++;
            }
            left--;
        }
    }

    private static JobPlan randomPlan(Random random, int i) {
        Schedule schedule = random.nextInt(3) == 0
                ? new Schedule.Every(PERIODS_MS[random.nextInt(PERIODS_MS.length)], NOW - random.nextInt(200_000_000))
                : new Schedule.Cron(
                        CRON[random.nextInt(CRON.length)],
                        ZoneId.of(ZONES[random.nextInt(ZONES.length)]),
                        DstRule.CRON);
        Optional<Long> untilMs =
                random.nextInt(5) == 0 ? Optional.of(NOW + random.nextInt(90_000_000)) : Optional.empty();
        Optional<Integer> maxRuns = random.nextInt(5) == 0 ? Optional.of(random.nextInt(400)) : Optional.empty();
        long splayMs = random.nextInt(3) == 0 ? 1 + random.nextInt(7_200_000) : 0;
        return plan(i, schedule, new Window(Optional.empty(), untilMs, maxRuns, splayMs));
    }

    @Test
    void agreesWithEveryJobEvaluatedAlone() {
        for (long stepMs : new long[] {1_000, 60_000, 900_000, 3_600_000, 7_000_000}) {
            Random random = new Random(stepMs);
            Buckets buckets = Buckets.of(NOW, NOW + Math.min(DAY_MS, stepMs * 1_440), stepMs);
            Forecast forecast = new Forecast(buckets);
            long[] expected = new long[buckets.count()];
            for (int i = 0; i < 400; i++) {
                JobPlan plan = randomPlan(random, i);
                FireTimes times = FireTimes.of(plan.schedule(), plan.hashSeed());
                // Most wait for their next fire, some are overdue, some begin much later.
                long fromMs = NOW - plan.movedMs() + (i % 7 == 0 ? random.nextInt(80_000_000) - 40_000_000 : 0);
                long nextMs = times.nextAfter(fromMs);
                int fired = random.nextInt(20);
                forecast.add(plan, next(plan, nextMs, fired));
                count(plan, nextMs, fired, buckets, expected);
            }
            assertArrayEquals(expected, forecast.outlook().repeating(), "stepMs=" + stepMs);
        }
    }

    @Test
    void sourcesTellTheirPartOfEveryBucket() {
        Buckets buckets = Buckets.of(NOW, NOW + DAY_MS, 3_600_000);
        Schedule daily = new Schedule.Cron("0 0 * * *", ZoneId.of("UTC"), DstRule.CRON);
        Forecast forecast = new Forecast(buckets);
        for (int i = 0; i < 100; i++) {
            JobPlan plan = plan(i, i < 90 ? daily : new Schedule.Every(3_600_000, NOW - 1), splay(0));
            forecast.add(plan, next(plan, FireTimes.of(plan.schedule(), 0).nextAfter(NOW), 0));
        }
        Outlook.Wall wall = forecast.outlook().walls().highest().getFirst();
        assertEquals(15, wall.bucket());
        assertEquals(100, wall.fires());
        assertEquals(90, wall.shares().getFirst().fires());
        assertEquals(10, wall.shares().getLast().fires());
        assertEquals(1, forecast.outlook().walls().count());
    }

    @Test
    void whatIsPausedOrOverIsNotCounted() {
        Buckets buckets = Buckets.of(NOW, NOW + DAY_MS, 60_000);
        Forecast forecast = new Forecast(buckets);
        JobPlan plan = plan(1, new Schedule.Every(60_000, NOW), splay(0));
        JobState state = next(plan, NOW + 60_000, 0).orElseThrow();
        forecast.add(
                plan,
                Optional.of(state.pausedBy(new Pause(Pause.By.JOB, NOW, Optional.empty(), Optional.empty()), NOW)));
        forecast.add(plan, Optional.of(state.over(JobPhase.CANCELLED, NOW)));
        forecast.add(plan, Optional.empty());
        Outlook outlook = forecast.outlook();
        assertEquals(0, outlook.repeatingJobs());
        assertEquals(1, outlook.pausedJobs());
        for (int i = 0; i < buckets.count(); i++) {
            assertEquals(0, outlook.in(i));
        }
    }

    @Test
    void oneOffsAreCountedWhereTheyComeDue() {
        Buckets buckets = Buckets.of(NOW, NOW + DAY_MS, 60_000);
        Forecast forecast = new Forecast(buckets);
        forecast.addOnce(NOW);
        forecast.addOnce(NOW - 1);
        forecast.addOnce(buckets.untilMs() - 1);
        forecast.addOnce(buckets.untilMs());
        JobPlan edited = plan(1, new Schedule.Once(NOW + 61_000), splay(0));
        forecast.add(edited, next(edited, NOW + 61_000, 0));
        long[] counted = new long[buckets.count()];
        counted[2] = 40;
        forecast.addWaiting(new StoreReader.Waiting(counted, 2));
        Outlook outlook = forecast.outlook();
        assertEquals(1, outlook.once()[0]);
        assertEquals(1, outlook.once()[1]);
        assertEquals(40, outlook.once()[2]);
        assertEquals(2, outlook.estimated());
        assertEquals(1, outlook.once()[buckets.count() - 1]);
    }
}
