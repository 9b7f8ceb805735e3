package dev.kalends.tui.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Nothing that could command a terminal gets through. */
final class SafeTextTest {
    @Test
    void showsWhatItEscapes() {
        assertEquals("a\\x1b[2Jb", SafeText.line("a\u001b[2Jb"));
        assertEquals("\\x00\\x07\\x7f\\x9b", SafeText.line("\0\u0007\u007f\u009b"));
        assertEquals("\\u202e\\u2066\\u200b\\ufeff", SafeText.line("\u202e\u2066\u200b\ufeff"));
        assertEquals("\\U000e0041\\ud800", SafeText.line("\udb40\udc41\ud800"));
        assertEquals("one\\ntwo\\tthree", SafeText.line("one\ntwo\tthree"));
        assertEquals("one\ntwo\tthree\\rx", SafeText.lines("one\r\ntwo\tthree\rx"));
        assertEquals("C:\\\\new\\t", SafeText.field("C:\\new\t"));
        assertEquals("日本 é e\u0301", SafeText.line("日本 é e\u0301"));
    }

    @Test
    void boundsPilesOfMarks() {
        assertEquals("e" + "\u0301".repeat(4) + "\\u0301", SafeText.line("e" + "\u0301".repeat(5)));
    }

    @Test
    void jsonKeepsItsValue() {
        assertEquals("{\"a\":\"\\u202e\\u007fé\"}", SafeText.json("{\"a\":\"\u202e\u007fé\"}"));
        assertEquals("\"\\udb40\\udc41\"", SafeText.json("\"\udb40\udc41\""));
    }

    @Test
    void noRandomTextGetsThrough() {
        Random random = new Random(7);
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < 12; i++) {
                text.append((char) random.nextInt(random.nextBoolean() ? 0x100 : 0x10000));
            }
            String safe = SafeText.line(text.toString());
            for (int i = 0; i < safe.length(); i++) {
                char c = safe.charAt(i);
                assertTrue(c >= ' ' && (c < 0x7f || c > 0x9f) && !isBidi(c), () -> "code " + (int) c);
            }
        }
    }

    private static boolean isBidi(char c) {
        return (c >= 0x200b && c <= 0x200f) || (c >= 0x2028 && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f);
    }
}
