package dev.kalends.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.job.DstRule;
import dev.kalends.job.Limits;
import dev.kalends.job.Schedule;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Days as texts, read and written back, and what schedules with days left out are called. */
final class ExcludedDaysTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-12-25 | 2026-12-25",
                "2026-12-24..2027-01-01 | 2026-12-24..2027-01-01",
                "2026-12-26 2026-12-25 2026-12-25..2026-12-28 | 2026-12-25..2026-12-28",
                "2026-12-25..2026-12-25 | 2026-12-25",
                "12-25 | 12-25",
                "12-24..12-26 | 12-24..12-26",
                "12-30..01-02 | 01-01..01-02 12-30..12-31",
                "02-28..03-01 | 02-28..03-01",
                "02-29 | 02-29",
                "01-01..12-31 | 01-01..12-31",
                "05-01 2026-04-03 12-25 | 2026-04-03 05-01 12-25",
                "1970-01-01 9999-12-31 | 1970-01-01 9999-12-31"
            })
    void readsAndWrites(String texts, String written) {
        List<String> canonical = ExcludedDaysText.format(ExcludedDaysText.parse(List.of(texts.split(" ", -1))));
        assertEquals(List.of(written.split(" ", -1)), canonical);
        assertEquals(canonical, ExcludedDaysText.format(ExcludedDaysText.parse(canonical)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | no day",
                "25.12.2026 | no day",
                "2026-12-25.. | no day",
                "2026-12-25T00:00 | no day",
                "2026-02-29 | no such date",
                "02-30 | no such date",
                "13-01 | no such date",
                "2026-12-25..2026-12-24 | wrong order",
                "2026-12-24..12-26 | both ends",
                "12-24..2026-12-26 | both ends",
                "1969-12-31 | 1970 to 9999",
                "2000-01-01..2100-01-01 | dates=36526"
            })
    void refuses(String text, String says) {
        ScheduleFormatException refused =
                assertThrows(ScheduleFormatException.class, () -> ExcludedDaysText.parse(List.of(text)));
        assertTrue(String.valueOf(refused.getMessage()).contains(says), refused.getMessage());
    }

    @Test
    void refusesTooMany() {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i <= Limits.EXCLUDED_RANGES_MAX; i++) {
            texts.add(LocalDate.of(2026, 1, 1).plusDays(2L * i).toString());
        }
        assertEquals(1_000, ExcludedDaysText.parse(texts.subList(0, 1_000)).ranges());
        assertThrows(ScheduleFormatException.class, () -> ExcludedDaysText.parse(texts));
        List<String> yearly = new ArrayList<>();
        for (int i = 0; i <= Limits.EXCLUDED_YEARLY_ROWS_MAX; i++) {
            yearly.add(LocalDate.of(2026, 1, 1).plusDays(2L * i).toString().substring(5));
        }
        ExcludedDaysText.parse(yearly.subList(0, Limits.EXCLUDED_YEARLY_ROWS_MAX));
        assertThrows(ScheduleFormatException.class, () -> ExcludedDaysText.parse(yearly));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-12-25 | at 09:00 every day, Europe/Berlin, except 2026-12-25",
                "2026-12-25,12-31 | at 09:00 every day, Europe/Berlin, except 2026-12-25 and 12-31 of every year",
                "2026-12-24..2026-12-26 | at 09:00 every day, Europe/Berlin, except 2026-12-24 to 2026-12-26",
                "2026-01-01,2026-04-03,2026-04-06,2026-05-01 | at 09:00 every day, Europe/Berlin, except 4 days",
                "2026-01-01,12-24..12-26 | at 09:00 every day, Europe/Berlin, except 1 day and 3 days of every year"
            })
    void saysWhatIsLeftOut(String except, String words) {
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        Schedule cron = new Schedule.Cron("0 9 * * *", berlin, DstRule.CRON);
        Schedule schedule = new Schedule.Except(cron, ExcludedDaysText.parse(List.of(except.split(",", -1))), berlin);
        assertEquals(words, ScheduleWords.of(schedule));
        assertEquals(words, ScheduleWords.of(schedule, 7));
    }

    @Test
    void aPeriodSaysWhoseDays() {
        Schedule every = new Schedule.Except(
                new Schedule.Every(3_600_000, 0), ExcludedDaysText.parse(List.of("12-25")), ZoneId.of("Asia/Tokyo"));
        assertEquals("every hour, except 12-25 of every year in Asia/Tokyo", ScheduleWords.of(every));
    }
}
