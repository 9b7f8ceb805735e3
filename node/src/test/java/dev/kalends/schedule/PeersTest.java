package dev.kalends.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import dev.kalends.job.DstRule;
import java.text.ParseException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.quartz.CronExpression;

/**
 * Quartz and cron-utils, where they are right: in the grammar that all crons share, away from clock changes, in every
 * zone of the tz database. Both lose or repeat fires where a clock changes, so nothing is asked of them there.
 */
final class PeersTest {
    private static final com.cronutils.parser.CronParser CRON_UTILS =
            new com.cronutils.parser.CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));
    private static final int FIRES = 4;

    /** Another evaluator: the first fire after an instant, empty if it knows none. */
    private interface Peer {
        Optional<Long> nextAfter(PeerSample sample, long afterMs) throws ParseException;
    }

    @Test
    void quartzAgrees() throws ParseException {
        agree(PeersTest::quartz, 11);
    }

    @Test
    void cronUtilsAgree() throws ParseException {
        agree(PeersTest::cronUtils, 12);
    }

    private static void agree(Peer peer, long seed) throws ParseException {
        SplittableRandom random = new SplittableRandom(seed);
        int compared = 0;
        int excluded = 0;
        for (ZoneId zone : TestZones.distinct()) {
            for (int i = 0; i < TestDepth.of(4, 100); i++) {
                PeerSample sample = PeerSample.random(zone, random);
                FireTimes times =
                        new CronFires(dev.kalends.schedule.CronExpression.parse(sample.cron(), 0), zone, DstRule.CRON);
                long atMs = sample.afterMs();
                for (int fire = 0; fire < FIRES; fire++) {
                    long next = times.nextAfter(atMs);
                    // A leap day or 31st may be years ahead, with changes on the way.
                    if (next == FireTimes.NEVER || sample.clockChanges(atMs, next)) {
                        excluded++;
                        break;
                    }
                    assertEquals(Optional.of(next), peer.nextAfter(sample, atMs), sample::toString);
                    compared++;
                    atMs = next;
                }
            }
        }
        TestDepth.report("compared " + compared + " fires; excluded for clock changes " + excluded);
        assertTrue(compared > 2 * excluded, "compared=" + compared + " excluded=" + excluded);
    }

    private static Optional<Long> quartz(PeerSample sample, long afterMs) throws ParseException {
        boolean ofWeek = !sample.weekdays().equals("*");
        CronExpression expression = new CronExpression(String.join(
                " ",
                "0",
                sample.minutes(),
                sample.hours(),
                ofWeek ? "?" : sample.days(),
                sample.months(),
                ofWeek ? sample.weekdays() : "?"));
        expression.setTimeZone(TimeZone.getTimeZone(sample.zone()));
        return Optional.ofNullable(expression.getNextValidTimeAfter(Date.from(Instant.ofEpochMilli(afterMs))))
                .map(Date::toInstant)
                .map(Instant::toEpochMilli);
    }

    /** A named Sunday is the seventh day to it, so that it refuses {@code SUN-TUE}: it is asked in numbers. */
    private static Optional<Long> cronUtils(PeerSample sample, long afterMs) {
        String text = sample.cron();
        for (int day = 0; day < PeerSample.WEEKDAYS.size(); day++) {
            text = text.replace(PeerSample.WEEKDAYS.get(day), Integer.toString(day));
        }
        return ExecutionTime.forCron(CRON_UTILS.parse(text))
                .nextExecution(ZonedDateTime.ofInstant(Instant.ofEpochMilli(afterMs), sample.zone()))
                .map(next -> next.toInstant().toEpochMilli());
    }

    @Test
    void bothReadThePlainGrammar() {
        SplittableRandom random = new SplittableRandom(13);
        List<String> pieces =
                List.of("*", "0", "5", "59", "60", "24", "32", "13", "1-5", "5-70", "*/2", "*/0", "1,2", "x", "");
        int read = 0;
        int refused = 0;
        for (int i = 0; i < TestDepth.of(3_000, 100_000); i++) {
            StringBuilder text = new StringBuilder();
            int fields = random.nextInt(10) == 0 ? 4 : 5;
            for (int f = 0; f < fields; f++) {
                boolean harmless = random.nextInt(3) > 0;
                text.append(f == 0 ? "" : " ").append(harmless ? "*" : pieces.get(random.nextInt(pieces.size())));
            }
            boolean theirs = cronUtilsRead(text.toString());
            assertEquals(theirs, read(text.toString()), () -> "\"" + text + "\"");
            read += theirs ? 1 : 0;
            refused += theirs ? 0 : 1;
        }
        assertTrue(read > 500 && refused > 500, "read=" + read + " refused=" + refused);
    }

    /** What the plain grammar leaves out and people write all the same. */
    @ParameterizedTest
    @ValueSource(strings = {"@daily", "0 0 L * *", "0 0 * * mon#1", "H H * * *", "0 0 * * fri-mon", "0 0 15W * *"})
    void onlyWeReadMore(String text) {
        assertTrue(read(text));
        assertTrue(!cronUtilsRead(text));
    }

    private static boolean read(String text) {
        try {
            dev.kalends.schedule.CronExpression.parse(text, 0);
            return true;
        } catch (ScheduleFormatException e) {
            return false;
        }
    }

    private static boolean cronUtilsRead(String text) {
        try {
            CRON_UTILS.parse(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
