package dev.kalends.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.job.DstRule;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * What holds in every zone of the tz database in the years 2000 to 2040: some years of each in every build, all of them
 * with {@code -Dkalends.depth=full}.
 */
final class CronZonesTest {
    private static final int FIRST_YEAR = 2000;
    private static final int YEARS = 41;
    private static final long QUARTER_HOUR_MS = 900_000;
    private static final long DAY_MS = 86_400_000;

    @Test
    void losesAndDoublesNoFixedTime() {
        SplittableRandom random = new SplittableRandom(1);
        long fires = 0;
        for (ZoneId zone : TestZones.distinct()) {
            for (int i = 0; i < TestDepth.of(1, 8); i++) {
                LocalTime time = LocalTime.of(random.nextInt(random.nextBoolean() ? 4 : 24), 15 * random.nextInt(4));
                fires += firesOncePerDate(zone, time, years(random));
            }
        }
        TestDepth.report("no fixed time lost or doubled; fires=" + fires);
    }

    /** Each local time is due when the clock has reached it: once a date, or with another at the end of a gap. */
    private static long firesOncePerDate(ZoneId zone, LocalTime time, Years years) {
        TreeSet<Long> due = new TreeSet<>();
        for (LocalDate date = years.first(); date.isBefore(years.end()); date = date.plusDays(1)) {
            due.add(reachedMs(date, time, zone.getRules()));
        }
        String expression = time.getMinute() + " " + time.getHour() + " * * *";
        FireTimes times = new CronFires(CronExpression.parse(expression, 0), zone, DstRule.CRON);
        long at = due.getFirst() - 1;
        for (long expected : due) {
            long next = times.nextAfter(at);
            assertEquals(expected, next, () -> expression + " in " + zone + " " + Instant.ofEpochMilli(expected));
            at = next;
        }
        assertEquals(due.size(), times.countBetween(due.getFirst() - 1, at), () -> expression + " in " + zone);
        return due.size();
    }

    private static long reachedMs(LocalDate date, LocalTime time, ZoneRules rules) {
        List<ZoneOffset> offsets = rules.getValidOffsets(date.atTime(time));
        Instant reached = offsets.isEmpty()
                ? rules.getTransition(date.atTime(time)).getInstant()
                : date.atTime(time).toInstant(offsets.getFirst());
        return reached.toEpochMilli();
    }

    @Test
    void keepsTheCadenceOfWildcards() {
        SplittableRandom random = new SplittableRandom(2);
        long uneven = 0;
        long fires = 0;
        for (ZoneId zone : TestZones.distinct()) {
            FireTimes quarters = new CronFires(CronExpression.parse("*/15 * * * *", 0), zone, DstRule.CRON);
            for (int i = 0; i < TestDepth.of(3, 200); i++) {
                long middleMs = nextChangeMs(zone, new Years(FIRST_YEAR, YEARS).randomMs(random));
                long at = quarters.nextAfter(middleMs - 2 * DAY_MS);
                while (at < middleMs + 2 * DAY_MS) {
                    long next = quarters.nextAfter(at);
                    if (next - at != QUARTER_HOUR_MS) {
                        assertTrue(clockMovedUnevenly(zone, at, next), () -> zone + " " + next);
                        uneven++;
                    }
                    at = next;
                    fires++;
                }
            }
        }
        TestDepth.report("cadence kept; fires=" + fires + " uneven=" + uneven);
    }

    private static long nextChangeMs(ZoneId zone, long ms) {
        ZoneOffsetTransition change = zone.getRules().nextTransition(Instant.ofEpochMilli(ms));
        return change == null ? ms : change.getInstant().toEpochMilli();
    }

    /** Whether the zone's offset changed in between by something else than quarters of an hour. */
    private static boolean clockMovedUnevenly(ZoneId zone, long fromMs, long toMs) {
        int before = zone.getRules().getOffset(Instant.ofEpochMilli(fromMs)).getTotalSeconds();
        int after = zone.getRules().getOffset(Instant.ofEpochMilli(toMs)).getTotalSeconds();
        return (after - before) % 900 != 0 && toMs - fromMs < 2 * QUARTER_HOUR_MS;
    }

    @Test
    void alwaysMovesForwardAndAnswersTheSameInBetween() {
        SplittableRandom random = new SplittableRandom(3);
        for (ZoneId zone : TestZones.distinct()) {
            for (int i = 0; i < TestDepth.of(20, 500); i++) {
                CronSample sample = random.nextBoolean() ? CronSample.ofMinutes(random) : CronSample.ofSeconds(random);
                DstRule dst = random.nextBoolean() ? DstRule.CRON : DstRule.SKIP;
                FireTimes times = new CronFires(CronExpression.parse(sample.text(), 0), zone, dst);
                long afterMs = new Years(FIRST_YEAR, YEARS).randomMs(random);
                long next = times.nextAfter(afterMs);
                assertTrue(next > afterMs, sample::text);
                if (next < FireTimes.NEVER) {
                    assertEquals(next, times.nextAfter(random.nextLong(afterMs, next)), sample::text);
                    assertEquals(next, times.nextAfter(next - 1), sample::text);
                    assertEquals(1, times.countBetween(afterMs, next), sample::text);
                    assertEquals(0, times.countBetween(afterMs, next - 1), sample::text);
                }
            }
        }
    }

    @Test
    void countsAsManyAsItSteps() {
        SplittableRandom random = new SplittableRandom(4);
        for (ZoneId zone : TestZones.distinct()) {
            for (int i = 0; i < TestDepth.of(2, 40); i++) {
                CronSample sample = random.nextBoolean() ? CronSample.ofMinutes(random) : CronSample.ofSeconds(random);
                DstRule dst = random.nextBoolean() ? DstRule.CRON : DstRule.SKIP;
                FireTimes times = new CronFires(CronExpression.parse(sample.text(), 0), zone, dst);
                long fromMs = new Years(FIRST_YEAR, YEARS).randomMs(random);
                long at = fromMs;
                for (int steps = 1; steps <= 1_000 && times.nextAfter(at) < FireTimes.NEVER; steps++) {
                    at = times.nextAfter(at);
                    if (steps % 100 == 1) {
                        assertEquals(steps, times.countBetween(fromMs, at), sample.text() + " in " + zone);
                    }
                }
            }
        }
    }

    private static Years years(SplittableRandom random) {
        int count = TestDepth.of(6, YEARS);
        return new Years(FIRST_YEAR + random.nextInt(YEARS - count + 1), count);
    }

    private record Years(int from, int count) {
        LocalDate first() {
            return LocalDate.of(from, 1, 1);
        }

        LocalDate end() {
            return LocalDate.of(from + count, 1, 1);
        }

        long fromMs() {
            return first().toEpochDay() * 86_400_000;
        }

        long untilMs() {
            return end().toEpochDay() * 86_400_000;
        }

        long randomMs(SplittableRandom random) {
            return random.nextLong(fromMs(), untilMs());
        }
    }
}
