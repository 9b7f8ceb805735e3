package dev.kalends.time;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CivilDateTest {
    @Test
    void aDayIsTheDateThatTheLibrarySays() {
        Random random = new Random(7);
        long last = LocalDate.of(9999, 12, 31).toEpochDay();
        for (int i = 0; i < 20_000; i++) {
            // First every day of some years around 2000, then any.
            long day = i < 3_000 ? 10_000 + i : random.nextLong(last + 1);
            LocalDate expected = LocalDate.ofEpochDay(day);
            int date = CivilDate.ofEpochDay(day);
            assertEquals(expected, LocalDate.of(CivilDate.year(date), CivilDate.month(date), CivilDate.day(date)));
            assertEquals(day, CivilDate.epochDay(expected.getYear(), expected.getMonthValue(), CivilDate.day(date)));
            assertEquals(
                    expected.lengthOfMonth(), CivilDate.lengthOfMonth(CivilDate.year(date), CivilDate.month(date)));
            assertEquals(expected.getDayOfWeek().getValue() % 7, CivilDate.dayOfWeek(day));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1970-01-01T00:00:00, 1970, 1, 1, 0, 0, 0",
        "2024-02-29T23:59:59, 2024, 2, 29, 23, 59, 59",
        "2000-02-29T12:30:15, 2000, 2, 29, 12, 30, 15",
        "9999-12-31T23:59:59, 9999, 12, 31, 23, 59, 59"
    })
    void aTimeIsTheInstantThatTheLibrarySays(
            LocalDateTime expected, int year, int month, int day, int hour, int minute, int second) {
        assertEquals(
                expected.toInstant(ZoneOffset.UTC).toEpochMilli(),
                CivilDate.epochMs(year, month, day, hour, minute, second));
    }

    @ParameterizedTest
    @CsvSource({
        "1969, 12, 31, 23, 59, 59",
        "2026, 0, 1, 0, 0, 0",
        "2026, 13, 1, 0, 0, 0",
        "2026, 1, 0, 0, 0, 0",
        "2026, 2, 29, 0, 0, 0",
        "2100, 2, 29, 0, 0, 0",
        "2026, 4, 31, 0, 0, 0",
        "2026, 1, 1, 24, 0, 0",
        "2026, 1, 1, 0, 60, 0",
        "2026, 1, 1, 0, 0, 60",
        "2026, 1, 1, -1, 0, 0",
        "2026, 1, 1, 0, -1, 0",
        "2026, 1, 1, 0, 0, -1"
    })
    void whatIsNoTimeIsNone(int year, int month, int day, int hour, int minute, int second) {
        assertEquals(-1, CivilDate.epochMs(year, month, day, hour, minute, second));
    }

    @Test
    void digitsHaveZerosInFrontUpToTheWidth() {
        StringBuilder text = new StringBuilder();
        CivilDate.digits(text, 0, 2).append(' ');
        CivilDate.digits(text, 7, 3).append(' ');
        CivilDate.digits(text, 2026, 4).append(' ');
        CivilDate.digits(text, 12_345, 2).append(' ');
        CivilDate.digits(text, Integer.MAX_VALUE, 1).append(' ');
        CivilDate.digits(text, -5, 4);
        assertEquals("00 007 2026 12345 2147483647 -5", text.toString());
    }
}
