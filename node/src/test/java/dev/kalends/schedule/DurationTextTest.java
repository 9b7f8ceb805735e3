package dev.kalends.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.job.Limits;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DurationTextTest {
    @ParameterizedTest
    @CsvSource({
        "250ms, 250",
        "0s, 0",
        "5s, 5000",
        "1h30m, 5400000",
        "1h 30m, 5400000",
        "2d, 172800000",
        "1w, 604800000",
        "1w2d3h4m5s6ms, 788645006",
        "007s, 7000",
        "36525d, 3155760000000",
        "PT1H30M, 5400000",
        "pt1h30m, 5400000",
        "P1D, 86400000",
        "P1W, 604800000",
        "P1DT2H, 93600000",
        "PT0.25S, 250",
        "'PT1,5S', 1500",
        "PT1.005S, 1005"
    })
    void readsWhatPeopleWrite(String text, long ms) {
        assertEquals(ms, DurationText.parse(text));
    }

    @ParameterizedTest
    @CsvSource({
        "'', this is no duration",
        "5, the unit is missing",
        "h, a number is missing at position 1",
        "1h30, the unit is missing",
        "1h-5m, a number is missing at position 3",
        "'5s ', a number is missing at position 3",
        "5 s, only whole numbers",
        "1.5h, only whole numbers",
        "-5s, no sign",
        "+5s, no sign",
        "5x, no such unit \"x\"",
        "5S, no such unit \"S\"",
        "30m1h, from long to short",
        "1h1h, each once",
        "36526d, at most 36525d",
        "99999999999999999999999w, at most 36525d",
        "P1Y, no fixed length",
        "P1M, no fixed length",
        "P, a number with its unit is missing",
        "PT, position 3 is missing or unknown",
        "P1DT, position 5 is missing or unknown",
        "PT5, is missing or unknown",
        "PT1.5H, only seconds",
        "PT.5S, one to three digits",
        "PT1.0005S, one to three digits",
        "P1H, is missing or unknown",
        "PT1D, is missing or unknown",
        "PTS, each once after a number",
        "PT1S1H, from long to short",
        "P1DT1DT, is missing or unknown",
        "5\u0661s, only whole numbers"
    })
    void saysWhatWouldBeRight(String text, String why) {
        String message = message(text);
        assertTrue(message.contains(why) && message.contains("; use 250ms, 5s, 1h30m"), message);
    }

    @Test
    void showsHostileTextShortAndPlain() {
        String message = message("\u001b[2J\u202e".repeat(2_000_000));
        assertTrue(message.length() < 300 && message.chars().allMatch(c -> c >= ' ' && c <= '~'), message);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0s",
        "1, 1ms",
        "1000, 1s",
        "1500, 1500ms",
        "90000, 90s",
        "5400000, 90m",
        "3600000, 1h",
        "604800000, 1w",
        "604800001, 1w1ms",
        "2592000000, 30d",
        "3155760000000, 36525d"
    })
    void formatsShortest(long ms, String text) {
        assertEquals(text, DurationText.format(ms));
    }

    @Test
    void readsBackWhatItFormats() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 20_000; i++) {
            long ms = random.nextLong(Limits.DURATION_MAX_MS) >>> random.nextInt(42);
            assertEquals(ms, DurationText.parse(DurationText.format(ms)));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0s",
        "250, 250ms",
        "1250, 1s 250ms",
        "698000, 11m 38s",
        "9000000, 2h 30m",
        "93600000, 1d 2h",
        "86700000, 1d",
        "3155760000000, 36525d",
        "-698000, -11m 38s",
        "-9223372036854775808, -106751991167d 7h"
    })
    void saysInWords(long ms, String words) {
        assertEquals(words, DurationText.words(ms));
    }

    private static String message(String text) {
        return String.valueOf(assertThrows(ScheduleFormatException.class, () -> DurationText.parse(text))
                .getMessage());
    }
}
