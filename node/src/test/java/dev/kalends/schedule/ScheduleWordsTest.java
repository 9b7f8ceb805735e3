package dev.kalends.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kalends.job.DstRule;
import dev.kalends.job.Schedule;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ScheduleWordsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            * * * * *               | every minute
            */15 * * * *            | every 15 minutes
            0,15,30,45 * * * *      | every 15 minutes
            0 * * * *               | every hour
            @hourly                 | every hour
            17 * * * *              | every hour at minute 17
            0 */6 * * *             | at 00:00, 06:00, 12:00 and 18:00 every day
            0 */2 * * *             | every 2 hours
            5 */2 * * *             | every 2 hours at minute 5
            30 2 * * *              | at 02:30 every day
            @daily                  | at 00:00 every day
            0 9 * * 1-5             | at 09:00 on weekdays
            0 9,17 * * sat,sun      | at 09:00 and 17:00 on weekends
            0 8 * * mon,thu         | at 08:00 on Mondays and Thursdays
            0 0 * * sun             | at 00:00 on Sundays
            */15 9-17 * * mon-fri   | every 15 minutes from 09:00 to 17:45 on weekdays
            0 9-17 * * *            | every hour from 09:00 to 17:00
            30 22-5 * * *           | every hour from 22:30 to 05:30
            */10 22-5 * * *         | every 10 minutes from 22:00 to 05:50
            0 0 1 * *               | at 00:00 on day 1 of the month
            0 0 1,15 * *            | at 00:00 on days 1 and 15 of the month
            0 0 1-7 * *             | at 00:00 on days 1 to 7 of the month
            0 0 1 1 *               | at 00:00 on day 1 of the month in January
            0 6 * 3-10 *            | at 06:00 from March to October
            0 6 * jan,jul 1         | at 06:00 on Mondays in January and July
            0 0 L * *               | at 00:00 on the last day of the month
            0 0 L-3 * *             | at 00:00 on the day 3 before the last of the month
            0 0 LW * *              | at 00:00 on the last weekday of the month
            0 0 15W * *             | at 00:00 on the weekday nearest to day 15 of the month
            0 0 * * friL            | at 00:00 on the last Friday of the month
            0 0 * * mon#2           | at 00:00 on the second Monday of the month
            0 0 13 * fri            | at 00:00 on day 13 of the month or on Fridays
            0 0 ? * ?               | at 00:00 every day
            0 0 1-31 * fri          | at 00:00 every day
            0 0 1,L * *             | at 00:00 on the last day of the month and on day 1 of the month
            * * * * * *             | every second
            */5 * * * * *           | every 5 seconds
            15 * * * * *            | every minute at second 15
            15 30 2 * * *           | at 02:30:15 every day
            10 5 * * * *            | every hour at minute 05:10
            0 30 2 * * *            | at 02:30 every day
            5,25 * * * *            | at minutes 5 and 25 of every hour
            0 0 30 2 *              | never: no date matches "0 0 30 2 *"
            */7 * * * *             | "*/7 * * * *"
            */7 * * * mon           | "*/7 * * * mon" (on Mondays)
            0 0 */2 * *             | "0 0 */2 * *" (at 00:00)
            H 3 * * *               | at times chosen by "H 3 * * *"
            0 9 * * THU             | at 09:00 on Thursdays
            """)
    void saysCronInEnglish(String expression, String words) {
        assertEquals(
                words + ", Europe/Berlin",
                ScheduleWords.of(new Schedule.Cron(expression, ZoneId.of("Europe/Berlin"), DstRule.CRON)));
    }

    @Test
    void tellsWhatTheSeedChose() {
        assertEquals(
                "at 03:10 every day, UTC, skipping times that do not exist",
                ScheduleWords.of(new Schedule.Cron("H(10-10) 3 * * *", ZoneId.of("UTC"), DstRule.SKIP), 7));
    }

    @ParameterizedTest
    @CsvSource({
        "250, every 250 ms",
        "1000, every second",
        "5000, every 5 s",
        "60000, every minute",
        "900000, every 15 minutes",
        "3600000, every hour",
        "86400000, every day",
        "1209600000, every 2 weeks",
        "3661001, every 1h1m1s1ms",
        "604800001, every 1w1ms"
    })
    void saysPeriods(long periodMs, String words) {
        assertEquals(words, ScheduleWords.of(new Schedule.Every(periodMs, 0)));
    }

    @Test
    void saysOnceAndManual() {
        assertEquals("once at 2026-03-08 07:00 UTC", ScheduleWords.of(new Schedule.Once(1_772_953_200_000L)));
        assertEquals("on demand", ScheduleWords.of(new Schedule.Manual()));
    }
}
