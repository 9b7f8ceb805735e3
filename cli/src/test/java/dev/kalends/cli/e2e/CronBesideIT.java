package dev.kalends.cli.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.job.DstRule;
import dev.kalends.schedule.CronExpression;
import dev.kalends.schedule.FireTimes;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A crontab that Debian's cron runs, fire by fire as the evaluation says, over the spring and autumn changes of two
 * zones.
 *
 * <p>One difference is known: of several times of one job in a gap, cron runs each, all at the end of the gap; here
 * fires at one instant are one fire.
 */
final class CronBesideIT {
    private static final int RANDOM_LINES = 26;
    private static final int TRIES = 3;
    private static final Duration BEFORE = Duration.ofSeconds(60 * 60 + 30);
    /** At the end of a gap cron starts hundreds of jobs at once: not those of two zones in the same moment. */
    private static final Duration APART = Duration.ofMinutes(10);

    private static final Duration LENGTH = Duration.ofMinutes(160);
    /** cron starts a job up to some seconds of our time late, which on its clock is minutes; more is a slow machine. */
    private static final Duration LATE_MAX = Duration.ofMinutes(4);

    private static final List<String> LINES = List.of(
            "* * * * *",
            "30 2 * * *",
            "30 1 * * *",
            "0,30 2 * * *",
            "0 3 * * *",
            "0 * * * *",
            "*/15 * * * *",
            "5-59/10 * * * *",
            "15 1-4 * * *",
            "10,50 */2 * * *",
            "* 2 * * *",
            "*/20 1,2,3 * * SUN",
            "0 2 * mar,oct,nov 7",
            "20 1-3 * * Mon-Fri");

    private static final List<String> MINUTES =
            List.of("0", "5", "17", "30", "59", "0,30", "*/10", "*/25", "10-20", "10-50/20", "*");
    private static final List<String> HOURS = List.of("0", "1", "2", "3", "1-3", "2,3", "0-4/2", "*", "*/2", "2-23");
    private static final List<String> DAYS = List.of("*", "*", "*", "29", "8", "25", "1", "20-31", "*/7", "1-10/3");
    private static final List<String> MONTHS = List.of("*", "*", "*", "mar", "3,10,11", "*/2", "Oct-Dec");
    private static final List<String> WEEKDAYS =
            List.of("*", "*", "*", "0", "7", "sun", "Sun,Wed", "1-5", "mon", "*/3", "6-7");

    private static final List<String> CHANGES = List.of(
            "Europe/Berlin 2026-03-29T01:00:00Z",
            "Europe/Berlin 2026-10-25T01:00:00Z",
            "America/New_York 2026-03-08T07:00:00Z",
            "America/New_York 2026-11-01T06:00:00Z");

    @Test
    void runsWhenCronRuns(@TempDir Path directory) throws Exception {
        CronBeside.prepare();
        List<String> open = CHANGES;
        for (int tries = 0; tries < TRIES && !open.isEmpty(); tries++) {
            open = runAll(open, directory.resolve("try" + tries));
        }
        assertEquals(List.of(), open, "late each time: cron could not keep up, or runs later than the evaluation says");
    }

    /** Runs all at once; returns those that ran as expected but for jobs that started too late. */
    private static List<String> runAll(List<String> changes, Path directory) throws Exception {
        Map<String, CronBeside> running = new LinkedHashMap<>();
        for (String change : changes) {
            Path own = directory.resolve(change.replaceAll("[/: ]", "-"));
            running.put(change, CronBeside.start(own, clock(change), crontab(own)));
        }
        List<String> tooSlow = new ArrayList<>();
        for (Map.Entry<String, CronBeside> one : running.entrySet()) {
            Map<String, List<Instant>> runs = one.getValue().await();
            List<Instant> minutes = runs.getOrDefault("job0", List.of());
            boolean stood =
                    minutes.size() > 1 && CronBeside.longestWaitOf(minutes).compareTo(LATE_MAX) > 0;
            if (stood || isLate(one.getKey(), runs)) {
                tooSlow.add(one.getKey());
            }
        }
        return tooSlow;
    }

    private static CronBeside.Clock clock(String change) {
        String[] parts = change.split(" ", 2);
        Duration before = BEFORE.plus(APART.multipliedBy(CHANGES.indexOf(change)));
        return new CronBeside.Clock(ZoneId.of(parts[0]), Instant.parse(parts[1]).minus(before), LENGTH);
    }

    private static List<String> crontab(Path directory) {
        List<String> crontab = new ArrayList<>(List.of("SHELL=/bin/sh"));
        List<String> expressions = expressions();
        for (int i = 0; i < expressions.size(); i++) {
            crontab.add(expressions.get(i) + " " + CronBeside.record(directory, "job" + i));
        }
        return crontab;
    }

    private static List<String> expressions() {
        List<String> expressions = new ArrayList<>(LINES);
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < RANDOM_LINES; i++) {
            List<String> fields = new ArrayList<>();
            for (List<String> values : List.of(MINUTES, HOURS, DAYS, MONTHS, WEEKDAYS)) {
                fields.add(values.get(random.nextInt(values.size())));
            }
            expressions.add(String.join(" ", fields));
        }
        return expressions;
    }

    /** Fails unless cron ran each line as often as expected and never early; returns whether it was late. */
    private static boolean isLate(String change, Map<String, List<Instant>> runs) {
        CronBeside.Clock clock = clock(change);
        List<String> wrong = new ArrayList<>();
        List<String> late = new ArrayList<>();
        List<String> expressions = expressions();
        int compared = 0;
        int often = 0;
        for (int i = 0; i < expressions.size(); i++) {
            List<Instant> ours = fires(expressions.get(i), clock);
            List<Instant> expected = asCronRunsThem(expressions.get(i), ours, clock);
            List<Instant> ran = runs.getOrDefault("job" + i, List.of()).stream()
                    .filter(at -> at.isBefore(end(clock)))
                    .toList();
            String line = expressions.get(i) + "\n  expected " + expected + "\n  ran      " + ran;
            if (!agree(expected, ran, clock)) {
                wrong.add(line);
            } else if (latest(expected, ran).compareTo(LATE_MAX) > 0) {
                late.add(line);
            }
            compared += ours.size();
            often += expected.size() > ours.size() ? 1 : 0;
        }
        System.out.println(change + ": " + compared + " fires of " + expressions.size() + " lines as cron ran them; "
                + often + " lines that cron ran several times at the end of the gap; late: " + late);
        assertEquals(List.of(), wrong, change);
        assertTrue(compared > 200, () -> change + " has too few fires");
        return !late.isEmpty();
    }

    /** Whether each fire was run, in its order and not early; the last ones may be cut off. */
    private static boolean agree(List<Instant> expected, List<Instant> ran, CronBeside.Clock clock) {
        Instant surely = end(clock).minus(LATE_MAX);
        long due = expected.stream().filter(at -> at.isBefore(surely)).count();
        if (ran.size() < due || ran.size() > expected.size()) {
            return false;
        }
        for (int i = 0; i < ran.size(); i++) {
            if (ran.get(i).isBefore(expected.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static Duration latest(List<Instant> expected, List<Instant> ran) {
        Duration latest = Duration.ZERO;
        for (int i = 0; i < ran.size(); i++) {
            Duration late = Duration.between(expected.get(i), ran.get(i));
            latest = late.compareTo(latest) > 0 ? late : latest;
        }
        return latest;
    }

    private static Instant end(CronBeside.Clock clock) {
        return clock.from().plus(clock.length());
    }

    private static List<Instant> fires(String text, CronBeside.Clock clock) {
        CronExpression expression = CronExpression.parse(text, 0);
        List<Instant> fires = new ArrayList<>();
        long endMs = end(clock).toEpochMilli();
        long atMs = expression.nextAfter(clock.from().toEpochMilli(), clock.zone(), DstRule.CRON);
        while (atMs < endMs && atMs != FireTimes.NEVER) {
            fires.add(Instant.ofEpochMilli(atMs));
            atMs = expression.nextAfter(atMs, clock.zone(), DstRule.CRON);
        }
        return fires;
    }

    /** The fires, with the one at the end of a gap as often as the job's times were jumped over. */
    private static List<Instant> asCronRunsThem(String text, List<Instant> fires, CronBeside.Clock clock) {
        ZoneOffsetTransition change = clock.zone().getRules().nextTransition(clock.from());
        String[] fields = text.split(" ", -1);
        boolean wildcard = fields[0].startsWith("*") || fields[1].startsWith("*");
        if (!change.isGap() || wildcard) {
            return fires;
        }
        long fromMs = change.getDateTimeBefore().toInstant(ZoneOffset.UTC).toEpochMilli() - 1;
        long untilMs = change.getDateTimeAfter().toInstant(ZoneOffset.UTC).toEpochMilli();
        long times = CronExpression.parse(text, 0).countBetween(fromMs, untilMs, ZoneOffset.UTC, DstRule.CRON);
        List<Instant> runs = new ArrayList<>();
        for (Instant fire : fires) {
            for (long i = fire.equals(change.getInstant()) ? times : 1; i > 0; i--) {
                runs.add(fire);
            }
        }
        return runs;
    }
}
