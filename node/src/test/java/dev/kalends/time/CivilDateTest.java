package dev.kalends.time;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalDate;
import java.util.Random;
import org.junit.jupiter.api.Test;

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
