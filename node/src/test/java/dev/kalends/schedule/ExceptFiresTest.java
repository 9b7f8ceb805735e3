package dev.kalends.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.job.DstRule;
import dev.kalends.job.ExcludedDays;
import dev.kalends.job.Schedule;
import java.time.Instant;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Excluded days against a filter that looks at each fire's local date, where midnights are not what they seem. */
final class ExceptFiresTest {
    private static final long DAY_MS = 86_400_000;
    private static final int DAYS = 60;
    /** Zones whose clocks jump over midnight, back over it, or over a whole day, in a year in which they do. */
    private static final List<String> ZONE_DATES = List.of(
            "America/Sao_Paulo 2018-10-15",
            "America/Sao_Paulo 2018-02-10",
            "Africa/Cairo 2026-04-10",
            "Africa/Cairo 2026-10-15",
            "Pacific/Apia 2011-12-10",
            "Pacific/Kwajalein 1993-08-01",
            "America/Havana 2026-10-20",
            "Asia/Gaza 2026-10-10",
            "Asia/Beirut 2026-03-10",
            "Australia/Lord_Howe 2026-03-20",
            "America/Asuncion 2024-03-10",
            "America/Scoresbysund 2024-03-15",
            "America/St_Johns 2010-10-20",
            "Antarctica/Troll 2026-10-10",
            "America/Nuuk 2023-03-10",
            "America/Toronto 1927-04-20",
            "Asia/Manila 1844-12-10",
            "UTC 2026-01-01");

    @Test
    void agreesWithLookingAtEachFire() {
        SplittableRandom random = new SplittableRandom(20_261_225);
        int compared = 0;
        for (String zoneDate : ZONE_DATES) {
            String[] parts = zoneDate.split(" ", 2);
            ZoneId zone = ZoneId.of(parts[0]);
            LocalDate first = LocalDate.parse(parts[1]);
            for (int i = 0; i < TestDepth.of(20, 500); i++) {
                compared += agree(zone, first, random);
            }
        }
        TestDepth.report("compared " + compared + " fires with days left out");
        assertTrue(compared > 5_000, "compared=" + compared);
    }

    private static int agree(ZoneId zone, LocalDate first, SplittableRandom random) {
        Left left = Left.random(first, random);
        FireTimes base = base(zone, first, random);
        FireTimes fires = new ExceptFires(base, new DayExclusion(left.days()), zone);
        long fromMs = first.toEpochDay() * DAY_MS + random.nextInt(3_600_000);
        long untilMs = fromMs + DAYS * DAY_MS;
        List<Long> expected = new ArrayList<>();
        for (long at = base.nextAfter(fromMs); at <= untilMs; at = base.nextAfter(at)) {
            if (!left.out(Instant.ofEpochMilli(at).atZone(zone).toLocalDate())) {
                expected.add(at);
            }
        }
        String what = base + " in " + zone + " from " + first + " without " + ExcludedDaysText.format(left.days());
        List<Long> found = new ArrayList<>();
        for (long at = fires.nextAfter(fromMs); at <= untilMs; at = fires.nextAfter(at)) {
            found.add(at);
        }
        assertEquals(expected, found, what);
        assertEquals(expected.size(), fires.countBetween(fromMs, untilMs), what);
        for (int i = 0; i < 10; i++) {
            long aMs = random.nextLong(fromMs, untilMs);
            long bMs = random.nextLong(aMs, untilMs);
            long between = expected.stream().filter(at -> at > aMs && at <= bMs).count();
            assertEquals(between, fires.countBetween(aMs, bMs), () -> what + "; counted " + aMs + ".." + bMs);
        }
        return expected.size();
    }

    private static FireTimes base(ZoneId zone, LocalDate first, SplittableRandom random) {
        if (random.nextInt(4) == 0) {
            long periodMs = random.nextLong(1, 3 * DAY_MS) / (random.nextBoolean() ? 1 : 40) + 900_000;
            return new EveryFires(periodMs, Math.max(0, first.toEpochDay() * DAY_MS) - random.nextLong(periodMs));
        }
        CronSample sample = random.nextInt(3) == 0
                ? CronSample.daily(random.nextInt(2) * 23, random.nextInt(60))
                : CronSample.ofMinutes(random);
        DstRule dst = random.nextInt(3) == 0 ? DstRule.SKIP : DstRule.CRON;
        return new CronFires(CronExpression.parse(sample.text(), 0), zone, dst);
    }

    /** Days that are left out, in both forms: as production has them, and as sets to look in. */
    private record Left(ExcludedDays days, Set<LocalDate> dates, Set<MonthDay> yearly) {
        static Left random(LocalDate first, SplittableRandom random) {
            ExcludedDays.Builder days = new ExcludedDays.Builder();
            Set<LocalDate> dates = new HashSet<>();
            Set<MonthDay> yearly = new HashSet<>();
            for (int i = random.nextInt(12); i > 0; i--) {
                LocalDate from = first.plusDays(random.nextInt(DAYS) - 1L);
                int more = random.nextInt(3) == 0 ? random.nextInt(6) : 0;
                if (first.getYear() < 1971 || random.nextBoolean()) {
                    for (int d = 0; d <= more; d++) {
                        LocalDate day = from.plusDays(d);
                        days.everyYear(day.getMonthValue(), day.getDayOfMonth());
                        yearly.add(MonthDay.from(day));
                    }
                } else {
                    days.dates((int) from.toEpochDay(), (int) from.toEpochDay() + more);
                    for (int d = 0; d <= more; d++) {
                        dates.add(from.plusDays(d));
                    }
                }
            }
            return new Left(days.build(), dates, yearly);
        }

        boolean out(LocalDate date) {
            return dates.contains(date) || yearly.contains(MonthDay.from(date));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 12 25 12 * | 12-25",
                "0 12 * * * | 01-01..12-31",
                "0 12 29 2 */7 | 02-29",
                "* * * * * | 03-01..02-29",
                "0 0 1-31/2 * ? | 01-01..12-31"
            })
    void anExpressionWithoutAFreeDayNeverFires(String expression, String except) {
        Schedule cron = new Schedule.Cron(expression, ZoneId.of("Europe/Berlin"), DstRule.CRON);
        FireTimes fires = FireTimes.of(
                new Schedule.Except(cron, ExcludedDaysText.parse(List.of(except)), ZoneId.of("Europe/Berlin")), 0);
        assertEquals(
                FireTimes.NEVER,
                fires.nextAfter(Instant.parse("2026-01-01T00:00:00Z").toEpochMilli()));
        assertEquals(0, fires.countBetween(0, 4 * 366 * DAY_MS));
    }

    @Test
    void findsTheOnlyDayLeft() {
        Schedule cron = new Schedule.Cron("0 12 29 2 */7", ZoneId.of("UTC"), DstRule.CRON);
        ExcludedDays days = ExcludedDaysText.parse(List.of("01-01..02-28", "03-01..12-31", "2044-02-01..2080-03-01"));
        FireTimes fires = FireTimes.of(new Schedule.Except(cron, days, ZoneId.of("UTC")), 0);
        // A day field that starts with a star means AND. Sundays among the leap days: 2032, 2060, 2088.
        long first = fires.nextAfter(Instant.parse("2026-01-01T00:00:00Z").toEpochMilli());
        assertEquals("2032-02-29T12:00:00Z", Instant.ofEpochMilli(first).toString());
        assertEquals(
                "2088-02-29T12:00:00Z",
                Instant.ofEpochMilli(fires.nextAfter(first)).toString());
    }

    @Test
    void jumpsOverARowOfDaysWithoutWalkingThroughIt() {
        Schedule every = new Schedule.Every(1, 0);
        ExcludedDays days = ExcludedDaysText.parse(List.of("2026-01-01..2085-12-31"));
        FireTimes fires = FireTimes.of(new Schedule.Except(every, days, ZoneId.of("America/New_York")), 0);
        long fromMs = Instant.parse("2026-01-01T05:00:00Z").toEpochMilli();
        long untilMs = Instant.parse("2086-01-01T05:00:00Z").toEpochMilli();
        assertEquals(fromMs - 1, fires.nextAfter(fromMs - 2));
        assertEquals(untilMs, fires.nextAfter(fromMs - 1));
        assertEquals(2, fires.countBetween(fromMs - 2, untilMs));
    }
}
