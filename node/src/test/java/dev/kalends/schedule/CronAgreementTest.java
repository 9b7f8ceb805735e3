package dev.kalends.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.job.DstRule;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Holds the evaluation against {@link ClockReference}. A small sample runs always, 500 expressions over a year of 30
 * zones and every clock change of every zone with {@code -Dkalends.depth=full}.
 */
final class CronAgreementTest {
    private static final int YEAR_MINUTES = 366 * 1_440;
    private static final long FIRST_DAY = LocalDate.of(2000, 1, 1).toEpochDay();
    private static final long END_DAY = LocalDate.of(2041, 1, 1).toEpochDay();
    private static final int WINDOW_DAYS = 12;
    private static final int AROUND_SEC = 2 * 86_400;
    private static final long SEED = 20_260_308;
    /** Zones and years that broke other schedulers, then others. */
    private static final List<String> ZONE_YEARS = List.of(
            "America/New_York 2026",
            "Australia/Lord_Howe 2026",
            "Africa/Cairo 2026",
            "Pacific/Apia 2011",
            "Africa/Casablanca 2026",
            "Europe/Dublin 2026",
            "Europe/Berlin 2026",
            "UTC 2026",
            "America/Sao_Paulo 2018",
            "Asia/Tehran 2022",
            "Asia/Kathmandu 2026",
            "Pacific/Chatham 2026",
            "America/St_Johns 2010",
            "Antarctica/Troll 2026",
            "Asia/Gaza 2026",
            "America/Caracas 2016",
            "Asia/Pyongyang 2015",
            "Pacific/Kiritimati 2000",
            "Europe/Istanbul 2016",
            "Africa/El_Aaiun 2030",
            "America/Nuuk 2023",
            "Antarctica/Casey 2020",
            "Asia/Amman 2022",
            "America/Havana 2026",
            "America/Asuncion 2024",
            "Europe/Moscow 2014",
            "Atlantic/Azores 2026",
            "Europe/Volgograd 2018",
            "Pacific/Funafuti 2026",
            "America/Scoresbysund 2024");

    private long compared;

    @Test
    void wholeYearsAgree() {
        int expressions = TestDepth.of(12, 500);
        int zones = TestDepth.of(6, ZONE_YEARS.size());
        for (String zoneYear : ZONE_YEARS.subList(0, zones)) {
            String[] parts = zoneYear.split(" ", 2);
            ZoneId zone = ZoneId.of(parts[0]);
            long fromSec = LocalDate.of(Integer.parseInt(parts[1]), 1, 1).toEpochDay() * 86_400;
            ClockReference reference = new ClockReference(zone, fromSec, YEAR_MINUTES, 60);
            SplittableRandom random = new SplittableRandom(SEED);
            for (int i = 0; i < expressions; i++) {
                CronSample sample = CronSample.ofMinutes(random);
                DstRule dst = i % 4 == 0 ? DstRule.SKIP : DstRule.CRON;
                agree(sample, zone, dst, reference.fires(sample, dst), fromSec, fromSec + YEAR_MINUTES * 60L);
            }
        }
        TestDepth.report("compared " + compared + " fires of " + expressions + " expressions in " + zones + " zones");
    }

    @Test
    void everyZoneAgrees() {
        SplittableRandom random = new SplittableRandom(SEED);
        int windows = TestDepth.of(1, 25);
        for (ZoneId zone : TestZones.distinct()) {
            for (int i = 0; i < windows; i++) {
                long day = random.nextLong(FIRST_DAY, END_DAY - WINDOW_DAYS);
                long untilSec = (day + WINDOW_DAYS) * 86_400;
                ClockReference reference = new ClockReference(zone, day * 86_400, WINDOW_DAYS * 1_440, 60);
                for (int j = 0; j < 3; j++) {
                    CronSample sample = CronSample.ofMinutes(random);
                    DstRule dst = j == 0 ? DstRule.SKIP : DstRule.CRON;
                    agree(sample, zone, dst, reference.fires(sample, dst), day * 86_400, untilSec);
                }
            }
        }
        TestDepth.report("compared " + compared + " fires in every zone, " + windows + " windows each");
        assertTrue(compared > 10_000);
    }

    @Test
    void minutesAroundClockChangesAgree() {
        SplittableRandom random = new SplittableRandom(SEED);
        int count = 0;
        for (Change change : changes(TestDepth.of(40, 1))) {
            long fromSec = change.atSec() - AROUND_SEC;
            ClockReference reference = new ClockReference(change.zone(), fromSec, 2 * AROUND_SEC / 60, 60);
            for (int i = 0; i < 4; i++) {
                CronSample sample = i == 0 ? dailyNear(change, random) : CronSample.ofMinutes(random);
                DstRule dst = random.nextInt(4) == 0 ? DstRule.SKIP : DstRule.CRON;
                agree(sample, change.zone(), dst, reference.fires(sample, dst), fromSec, fromSec + 2 * AROUND_SEC);
            }
            count++;
        }
        TestDepth.report("compared " + compared + " fires around " + count + " clock changes");
        assertTrue(count > 100);
    }

    @Test
    void secondsAroundClockChangesAgree() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (Change change : changes(TestDepth.of(1_500, 60))) {
            long fromSec = change.atSec() - 86_400;
            ClockReference reference = new ClockReference(change.zone(), fromSec, 2 * 86_400, 1);
            for (int i = 0; i < 3; i++) {
                CronSample sample = CronSample.ofSeconds(random);
                agree(
                        sample,
                        change.zone(),
                        DstRule.CRON,
                        reference.fires(sample, DstRule.CRON),
                        fromSec,
                        fromSec + 2 * 86_400);
            }
        }
        TestDepth.report("compared " + compared + " fires by the second");
    }

    /** From the first instant on, before the second. */
    private void agree(CronSample sample, ZoneId zone, DstRule dst, List<Long> expected, long fromSec, long untilSec) {
        String what = sample.text() + " in " + zone + " " + dst + " from " + Instant.ofEpochSecond(fromSec);
        FireTimes times = new CronFires(CronExpression.parse(sample.text(), 0), zone, dst);
        List<Long> found = new ArrayList<>();
        long afterMs = fromSec * 1_000 - 1;
        for (long at = times.nextAfter(afterMs); at < untilSec * 1_000; at = times.nextAfter(at)) {
            assertTrue(found.isEmpty() || at > found.getLast(), what);
            found.add(at);
        }
        if (!expected.equals(found)) {
            assertEquals(difference(expected, found), what);
        }
        assertEquals(found.size(), times.countBetween(afterMs, untilSec * 1_000 - 1), what);
        askFromAnywhere(times, found, new SplittableRandom(fromSec), fromSec, untilSec, what);
        compared += found.size();
    }

    private static void askFromAnywhere(
            FireTimes times, List<Long> fires, SplittableRandom random, long fromSec, long untilSec, String what) {
        for (int i = 0; i < 20; i++) {
            long fromMs = random.nextLong(fromSec * 1_000, untilSec * 1_000);
            long toMs = random.nextLong(fromMs, untilSec * 1_000);
            long first = fires.stream().filter(at -> at > fromMs).findFirst().orElse(FireTimes.NEVER);
            long next = times.nextAfter(fromMs);
            assertEquals(first, next < untilSec * 1_000 ? next : FireTimes.NEVER, () -> what + "; asked at " + fromMs);
            long between =
                    fires.stream().filter(at -> at > fromMs && at <= toMs).count();
            assertEquals(between, times.countBetween(fromMs, toMs), () -> what + "; counted " + fromMs + ".." + toMs);
        }
    }

    private static String difference(List<Long> expected, List<Long> found) {
        List<Instant> missing = expected.stream()
                .filter(at -> !found.contains(at))
                .limit(5)
                .map(Instant::ofEpochMilli)
                .toList();
        List<Instant> extra = found.stream()
                .filter(at -> !expected.contains(at))
                .limit(5)
                .map(Instant::ofEpochMilli)
                .toList();
        return "missing " + missing + " extra " + extra;
    }

    /** A time of day that the change jumps over, repeats, or ends at. */
    private static CronSample dailyNear(Change change, SplittableRandom random) {
        int around = (int) Math.floorMod(change.localSec() + random.nextInt(-2, 3) * 1_800L, 86_400L);
        return CronSample.daily(around / 3_600, around / 60 % 60);
    }

    private record Change(ZoneId zone, long atSec, long localSec) {}

    /** One in so many of the changes of all zones in the years 2000 to 2040. */
    private static List<Change> changes(int oneIn) {
        List<Change> changes = new ArrayList<>();
        int seen = 0;
        for (ZoneId zone : TestZones.distinct()) {
            Instant from = LocalDate.of(2000, 1, 1).atStartOfDay().toInstant(ZoneOffset.UTC);
            Instant until = LocalDate.of(2041, 1, 1).atStartOfDay().toInstant(ZoneOffset.UTC);
            ZoneOffsetTransition change = zone.getRules().nextTransition(from);
            while (change != null && change.getInstant().isBefore(until)) {
                if (seen++ % oneIn == 0) {
                    long local = change.getDateTimeBefore().toEpochSecond(ZoneOffset.UTC);
                    changes.add(new Change(zone, change.toEpochSecond(), local));
                }
                change = zone.getRules().nextTransition(change.getInstant());
            }
        }
        return changes;
    }
}
