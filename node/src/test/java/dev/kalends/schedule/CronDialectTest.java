package dev.kalends.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.job.DstRule;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each construct of the dialect means, by its first fires after the last second of 2025, UTC. */
final class CronDialectTest {
    private static final long NEW_YEAR_2026 =
            Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();

    @ParameterizedTest
    @CsvFileSource(resources = "cron-dialect.txt", delimiter = '|')
    void meansWhatItSays(String expression, String expected) {
        String[] fires = expected.split(" ", -1);
        List<String> found = new ArrayList<>();
        long at = NEW_YEAR_2026 - 1;
        for (int i = 0; i < fires.length; i++) {
            at = next(expression, 0, at);
            found.add(InstantText.format(at).substring(5, 16));
        }
        assertEquals(List.of(fires), found);
    }

    @ParameterizedTest
    @CsvSource({
        "*/20 * * * * *, 00:00:00 00:00:20 00:00:40 00:01:00",
        "15 30 2 * * *, 02:30:15",
        "'0,30 0 1 * * *', 01:00:00 01:00:30",
        "58-1 0 0 * * *, 00:00:00 00:00:01 00:00:58 00:00:59"
    })
    void hasSecondsFirstWhenThereAreSixFields(String expression, String expected) {
        long at = NEW_YEAR_2026 - 1;
        for (String fire : expected.split(" ", -1)) {
            at = next(expression, 0, at);
            assertEquals("2026-01-01T" + fire + ".000Z", InstantText.format(at));
        }
    }

    @Test
    void takesBlanksAndTabsBetweenFields() {
        assertEquals(next("30 2 * * *", 0, NEW_YEAR_2026), next("  30\t2 *  * *\t", 0, NEW_YEAR_2026));
        assertEquals(" 30 2 * * *", CronExpression.parse(" 30 2 * * *", 0).text());
    }

    @Test
    void asksStrictlyAfter() {
        assertEquals(NEW_YEAR_2026, next("0 0 * * *", 0, NEW_YEAR_2026 - 1));
        assertEquals(NEW_YEAR_2026 + 86_400_000, next("0 0 * * *", 0, NEW_YEAR_2026));
        assertEquals(NEW_YEAR_2026 + 1_000, next("* * * * * *", 0, NEW_YEAR_2026));
        assertEquals(NEW_YEAR_2026 + 1_000, next("* * * * * *", 0, NEW_YEAR_2026 + 999));
        assertEquals(NEW_YEAR_2026, next("* * * * * *", 0, NEW_YEAR_2026 - 999));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0 0 30 2 *", "0 0 30 2 ?", "0 0 31 4,6,9,11 *", "0 0 31W 2 *", "* * L-30 feb *"})
    void saysNeverAtOnceWhenNoDateMatches(String expression) {
        CronExpression never = CronExpression.parse(expression, 0);
        assertTrue(never.neverFires());
        ZoneId zone = ZoneId.of("America/New_York");
        // Searching year by year would take minutes.
        for (int i = 0; i < 1_000_000; i++) {
            assertEquals(FireTimes.NEVER, never.nextAfter(i, zone, DstRule.CRON));
        }
        assertEquals(0, never.countBetween(0, Long.MAX_VALUE, zone, DstRule.CRON));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0 0 29 2 *", "0 0 29-31 2 *", "0 0 L-28 2 *", "0 0 30 2 mon", "0 0 * 2 mon#5"})
    void doesNotSayNeverWhenSomeDateMatches(String expression) {
        assertFalse(CronExpression.parse(expression, 0).neverFires());
        assertTrue(next(expression, 0, NEW_YEAR_2026) < FireTimes.NEVER);
    }

    @Test
    void findsTheRarestDate() {
        // 29 February on a Sunday: once in 28 years, or in 40 over the end of a century.
        String rare = "0 0 29 2 */8";
        assertEquals("2032-02-29T00:00:00.000Z", InstantText.format(next(rare, 0, NEW_YEAR_2026)));
        long after2088 = Instant.parse("2088-03-01T00:00:00Z").toEpochMilli();
        assertEquals("2128-02-29T00:00:00.000Z", InstantText.format(next(rare, 0, after2088)));
    }

    @Test
    void endsWithTheYear9999() {
        long lastDay = Instant.parse("9999-12-31T00:00:00Z").toEpochMilli();
        assertEquals(FireTimes.NEVER, next("0 0 * * *", 0, lastDay));
        assertEquals(lastDay + 86_340_000, next("59 23 * * *", 0, lastDay));
        assertEquals(FireTimes.NEVER, next("* * * * *", 0, Long.MAX_VALUE));
        assertEquals("0001-01-01T00:01:00.000Z", InstantText.format(next("* * * * *", 0, Long.MIN_VALUE)));
        CronExpression daily = CronExpression.parse("0 0 * * *", 0);
        assertEquals(3_652_058, daily.countBetween(Long.MIN_VALUE, Long.MAX_VALUE, ZoneOffset.UTC, DstRule.CRON));
        assertEquals(0, daily.countBetween(5, 4, ZoneOffset.UTC, DstRule.CRON));
    }

    @Test
    void hashesEachFieldToOneStableTime() {
        // Golden: another value would move the jobs of everybody who wrote H.
        assertEquals("2026-10-08T06:19:00.000Z", InstantText.format(next("H H H H *", 1, NEW_YEAR_2026)));
        assertEquals("2026-02-09T15:26:10.000Z", InstantText.format(next("H H H H H *", 2, NEW_YEAR_2026)));
        assertEquals("2026-01-05T09:21:00.000Z", InstantText.format(next("h H * * H", 3, NEW_YEAR_2026)));
    }

    @Test
    void hashesWithinItsRangeAndReachesAllOfIt() {
        Set<Integer> minutes = new HashSet<>();
        Set<Integer> days = new HashSet<>();
        Set<Integer> firsts = new HashSet<>();
        for (int seed = 0; seed < 2_000; seed++) {
            long hashed = next("H(10-19) 0 * * *", seed, NEW_YEAR_2026);
            minutes.add(Integer.parseInt(InstantText.format(hashed).substring(14, 16)));
            long day = next("0 0 H * *", seed, NEW_YEAR_2026 - 1);
            days.add(Integer.parseInt(InstantText.format(day).substring(8, 10)));
            CronExpression stepped = CronExpression.parse("H/15 * * * *", seed);
            long first = stepped.nextAfter(NEW_YEAR_2026 - 1, ZoneOffset.UTC, DstRule.CRON);
            firsts.add((int) (first - NEW_YEAR_2026) / 60_000);
            assertEquals(first + 900_000, stepped.nextAfter(first, ZoneOffset.UTC, DstRule.CRON));
            assertEquals(
                    3,
                    CronExpression.parse("H(0-29)/10 0 * * *", seed)
                            .countBetween(
                                    NEW_YEAR_2026 - 1, NEW_YEAR_2026 + 29 * 60_000, ZoneOffset.UTC, DstRule.CRON));
        }
        assertEquals(10, minutes.size());
        assertTrue(minutes.contains(10) && minutes.contains(19));
        assertEquals(28, days.size());
        assertTrue(days.contains(1) && days.contains(28));
        assertEquals(15, firsts.size());
    }

    @Test
    void hashesIndependentlyInEachField() {
        int same = 0;
        for (int seed = 0; seed < 1_000; seed++) {
            String at = InstantText.format(next("H H * * *", seed, NEW_YEAR_2026 - 1));
            same += at.substring(11, 13).equals(at.substring(14, 16)) ? 1 : 0;
        }
        assertTrue(same < 50, "hour and minute hashed alike; same=" + same);
    }

    @Test
    void isAFixedTimeUnlessSecondMinuteOrHourStartsWithAStar() {
        assertFalse(isWildcard("0-59 2 * * *"));
        assertFalse(isWildcard("0 2 * * *"));
        assertFalse(isWildcard("H H * * *"));
        assertFalse(isWildcard("@daily"));
        assertTrue(isWildcard("0 * * * *"));
        assertTrue(isWildcard("*/5 2 * * *"));
        assertTrue(isWildcard("5 */2 * * *"));
        assertTrue(isWildcard("*,5 2 * * *"));
        assertFalse(isWildcard("5,*/10 2 * * *"));
        assertTrue(isWildcard("* 30 2 * * *"));
        assertTrue(isWildcard("@hourly"));
    }

    private static boolean isWildcard(String expression) {
        return CronExpression.parse(expression, 0).parsed().rule() == CronParser.ClockRule.WILDCARD;
    }

    private static long next(String expression, long seed, long afterMs) {
        return CronExpression.parse(expression, seed).nextAfter(afterMs, ZoneOffset.UTC, DstRule.CRON);
    }
}
