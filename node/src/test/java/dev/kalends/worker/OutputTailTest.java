package dev.kalends.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.job.Limits;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ring against the plain truth, and the lines it finds. */
final class OutputTailTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void keepsTheLastBytesAtTheirOffsets(long seed) {
        Random random = new Random(seed);
        byte[] truth = new byte[400_000];
        random.nextBytes(truth);
        OutputTail tail = new OutputTail();
        int written = 0;
        while (written < truth.length) {
            int step = Math.min(truth.length - written, random.nextInt(random.nextBoolean() ? 50 : 100_000));
            tail.write(truth, written, step);
            written += step;
            int offset = random.nextInt(written + 1);
            int max = random.nextInt(100_000);
            OutputTail.Piece piece = tail.read(offset, max);
            int from = Math.max(offset, written - Limits.OUTPUT_BYTES_MAX);
            assertEquals(from, piece.offset());
            assertArrayEquals(Arrays.copyOfRange(truth, from, from + Math.min(max, written - from)), piece.bytes());
        }
        assertEquals(truth.length, tail.written());
    }

    @Test
    void findsTheLastAndTheFirstLineThatSaySomething() {
        assertEquals("", lines("").lastLine());
        assertEquals("", lines("\n \n\t\n").lastLine());
        assertEquals("b", lines("a\nb\n\n").lastLine());
        assertEquals("a", lines("\n\na\nb\n").firstLine());
        assertEquals("100%", lines("10%\r50%\r100%").lastLine());
    }

    @Test
    void aLineIsPlainBoundedText() {
        assertEquals("red bell", lines("\033[1;31mred\033[0m\007bell\n").lastLine());
        assertEquals("title", lines("\033]0;evil\007title").lastLine());
        assertEquals("a b", lines("a\u202eb").lastLine(), "no text that runs backwards");
        String line = lines("x\n" + "ü".repeat(5_000)).lastLine();
        assertEquals(Limits.ERROR_BYTES_MAX, line.getBytes(UTF_8).length);
        assertTrue(line.endsWith("ü"));
    }

    private static OutputTail lines(String text) {
        OutputTail tail = new OutputTail();
        byte[] bytes = text.getBytes(UTF_8);
        tail.write(bytes, 0, bytes.length);
        return tail;
    }
}
