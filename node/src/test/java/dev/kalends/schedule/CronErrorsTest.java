package dev.kalends.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.job.DstRule;
import java.time.ZoneOffset;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A wrong expression is refused with its field, its position (counted from 1) and what would be right. */
final class CronErrorsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            60 * * * *        | minute       | 60 is not between 0 and 59                 | 1
            * 24 * * *        | hour         | 24 is not between 0 and 23                 | 3
            * * 0 * *         | day of month | 0 is not between 1 and 31                  | 5
            * * 32W * *       | day of month | 32 is not between 1 and 31                 | 5
            * * * 13 *        | month        | 13 is not between 1 and 12                 | 7
            * * * * 8         | day of week  | 8 is not between 0 and 7                   | 9
            60 * * * * *      | second       | 60 is not between 0 and 59                 | 1
            1,2,x * * * *     | minute       | "x" is no value                            | 5
            1-x * * * *       | minute       | "x" is no value                            | 3
            */0 * * * *       | minute       | a step of 0 goes nowhere                   | 3
            */ * * * *        | minute       | a number is missing                        | 3
            -5 * * * *        | minute       | "-5" is no value                           | 1
            5- * * * *        | minute       | a number is missing                        | 3
            1,,2 * * * *      | minute       | nothing stands here                        | 3
            ,1 * * * *        | minute       | nothing stands here                        | 1
            1, * * * *        | minute       | nothing stands here                        | 3
            ? * * * *         | minute       | "?" is no value                            | 1
            L * * * *         | minute       | "L" is no value                            | 1
            * * LX * *        | day of month | "LX" is no day of a month                  | 5
            * * L-31 * *      | day of month | L-31 is before every month's first day     | 5
            * * W * *         | day of month | "W" is no value                            | 5
            * * ?,1 * *       | day of month | "?" is no value                            | 5
            * * * xyz *       | month        | "xyz" is no value                          | 7
            * * * an *        | month        | "an" is no value                           | 7
            * * * january *   | month        | "january" is no value                      | 7
            * * * * L         | day of week  | L alone does not say which last weekday    | 9
            * * * * mon#6     | day of week  | after # comes 1 to 5, the week of the month | 13
            * * * * mon#      | day of week  | a number is missing                        | 13
            * * * * mon#2L    | day of week  | "2L" is no value                           | 13
            * * * * monday    | day of week  | "monday" is no value                       | 9
            H(5) * * * *      | minute       | after H comes a range in parentheses, such as H(0-59) | 1
            H(5-70) * * * *   | minute       | 70 is not between 0 and 59                 | 5
            HX * * * *        | minute       | after H comes a range in parentheses, such as H(0-59) | 1
            ~ * * * *         | minute       | "~" is random, H is stable                 | 1
            0~30 * * * *      | minute       | "0~30" is random, H is stable              | 1
            99999 * * * *     | minute       | "99999" is no value                        | 1
            1/2/3 * * * *     | minute       | "2/3" is no value                          | 3
            """)
    void namesFieldAndPosition(String expression, String field, String what, int position) {
        String message = message(expression);
        assertTrue(message.startsWith(field + ": " + what + "; use "), message);
        assertTrue(message.contains("; position=" + position + " text="), message);
    }

    @ParameterizedTest
    @CsvSource({
        "'', 'five or six fields, not 0'",
        "'   ', 'five or six fields, not 0'",
        "* * * *, 'five or six fields, not 4'",
        "* * * * * * *, 'five or six fields, not 7'",
        "@often, 'no such word \"@often\"'",
        "@reboot, @reboot names no time",
        "@daily 5, 'five or six fields, not 2'",
        "@every 5m, 'five or six fields, not 2'",
        "@every, '@every is no cron expression'"
    })
    void saysWhatShapeIsRight(String expression, String what) {
        assertTrue(message(expression).contains(what), () -> message(expression));
    }

    @ParameterizedTest
    @ValueSource(strings = {"* * * * *\n", "* * * * \u0000", "\u001b[2J * * * *", "* * * * \u0665", "*\u00a0* * * *"})
    void refusesWhatIsNotPlain(String expression) {
        String message = message(expression);
        assertTrue(message.contains("a cron expression is plain ASCII, U+"), message);
        assertTrue(message.chars().allMatch(c -> c >= ' ' && c <= '~'), message);
    }

    @Test
    void refusesTenMegabytesAtOnceAndShortly() {
        String message = message("\u001b]0;x\u0007 *".repeat(1_500_000));
        assertEquals("a cron expression has at most 1024 bytes; length=12000000", message);
    }

    @Test
    void takesTheLongestThatIsAllowed() {
        String list = "0" + ",0".repeat(507) + " * * * *";
        assertEquals(1_023, list.length());
        assertEquals(list, CronExpression.parse(list, 0).text());
        message(list + "  ");
    }

    @Test
    void answersAnyTextWithAnExpressionOrAPlainMessage() {
        SplittableRandom random = new SplittableRandom(1);
        String alphabet = "0123456789*/-,?LWH#()@~ \tmonfrijan\u0000\u001b\ud800\u00e9";
        int read = 0;
        for (int i = 0; i < 100_000; i++) {
            StringBuilder text = new StringBuilder(i % 2 == 0 ? "" : "* * * * ");
            int length = random.nextInt(16);
            for (int j = 0; j < length; j++) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            try {
                CronExpression.parse(text.toString(), i).nextAfter(0, ZoneOffset.UTC, DstRule.CRON);
                read++;
            } catch (ScheduleFormatException e) {
                String message = String.valueOf(e.getMessage());
                assertTrue(message.length() < 400 && message.chars().allMatch(c -> c >= ' ' && c <= '~'), message);
            }
        }
        assertTrue(read > 1_000, "read=" + read);
    }

    private static String message(String expression) {
        return String.valueOf(assertThrows(ScheduleFormatException.class, () -> CronExpression.parse(expression, 0))
                .getMessage());
    }
}
