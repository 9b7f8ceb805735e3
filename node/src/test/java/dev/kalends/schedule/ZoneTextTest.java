package dev.kalends.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ZoneTextTest {
    @Test
    void findsEveryNameOfTheDatabase() {
        for (String id : ZoneId.getAvailableZoneIds()) {
            assertEquals(id, ZoneText.parse(id).getId());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "europe/berlin, Europe/Berlin",
        "Berlin, Europe/Berlin",
        "Europe/Berlni, Europe/Berlin",
        "New York, America/New_York",
        "America/Buenos_Aires_, America/Buenos_Aires",
        "utc, UTC"
    })
    void namesTheNearest(String typed, String meant) {
        String message = message(typed);
        assertTrue(message.contains("did you mean " + meant + "?"), message);
        assertTrue(message.endsWith("tz=\"" + typed + "\""), message);
    }

    @ParameterizedTest
    @CsvSource({"+02:00", "UTC+2", "Z", "''", "qqqqqqqqqqqqqq"})
    void refusesWhatIsNoName(String typed) {
        assertFalse(message(typed).contains("did you mean"), () -> message(typed));
    }

    @Test
    void showsHostileTextShortAndPlain() {
        String message = message("\u001b[31m\u0000".repeat(2_000_000));
        assertTrue(message.length() < 300 && message.chars().allMatch(c -> c >= ' ' && c <= '~'), message);
    }

    private static String message(String typed) {
        return String.valueOf(assertThrows(ScheduleFormatException.class, () -> ZoneText.parse(typed))
                .getMessage());
    }
}
