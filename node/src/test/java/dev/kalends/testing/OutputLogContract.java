package dev.kalends.testing;

import static dev.kalends.testing.Samples.T0;
import static dev.kalends.testing.Samples.repeating;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.job.Limits;
import dev.kalends.job.RunId;
import dev.kalends.journal.OutputLog;
import dev.kalends.journal.OutputLog.Tail;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Everything an {@link OutputLog} promises. */
public interface OutputLogContract {
    RunId RUN = RunId.scheduled(repeating(1), T0);

    /** The open, empty log. */
    OutputLog log();

    private void append(long offset, String text) {
        log().append(RUN, 1, offset, text.getBytes(StandardCharsets.UTF_8));
    }

    private String kept() {
        return log().read(RUN, 1)
                .map(tail -> tail.offset() + ":" + new String(tail.bytes(), StandardCharsets.UTF_8))
                .orElse("none");
    }

    @Test
    default void beginsEmpty() {
        assertEquals(Optional.empty(), log().read(RUN, 1));
        log().prune(0);
        assertEquals(Optional.empty(), log().read(RUN, 1));
    }

    @Test
    default void stretchesJoin() {
        append(0, "one ");
        append(4, "two ");
        append(8, "three");
        assertEquals("0:one two three", kept());
    }

    @Test
    default void attemptsAndRunsAreApart() {
        append(0, "one");
        log().append(RUN, 2, 0, new byte[] {'2'});
        log().append(RunId.scheduled(repeating(2), T0), 1, 0, new byte[] {'3'});
        assertEquals("0:one", kept());
        assertEquals(1, log().read(RUN, 2).orElseThrow().bytes().length);
    }

    @Test
    default void aStretchThatIsSentAgainIsNotDoubled() {
        append(0, "one two");
        append(0, "one two");
        append(4, "two three");
        append(4, "two");
        assertEquals("0:one two three", kept());
    }

    @Test
    default void afterAGapOnlyWhatFollowsIsKept() {
        append(0, "one");
        append(10, "four");
        assertEquals("10:four", kept());
        append(14, " five");
        assertEquals("10:four five", kept());
    }

    @Test
    default void theLastBytesAreKept() {
        int max = Limits.OUTPUT_BYTES_MAX;
        byte[] all = new byte[max + 5_000];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) (i * 31 + i / 256);
        }
        for (int from = 0; from < all.length; from += 1_000) {
            log().append(RUN, 1, from, Arrays.copyOfRange(all, from, Math.min(all.length, from + 1_000)));
        }
        Tail tail = log().read(RUN, 1).orElseThrow();
        assertEquals(5_000, tail.offset());
        assertArrayEquals(Arrays.copyOfRange(all, 5_000, all.length), tail.bytes());
        log().append(RUN, 2, 0, all);
        assertArrayEquals(tail.bytes(), log().read(RUN, 2).orElseThrow().bytes());
        assertEquals(5_000, log().read(RUN, 2).orElseThrow().offset());
    }

    @Test
    default void pruningForgetsTheOldest() {
        for (int i = 0; i < 10; i++) {
            log().append(RunId.scheduled(repeating(i), T0), 1, 0, new byte[1_000]);
        }
        log().prune(10_000);
        assertTrue(log().read(RunId.scheduled(repeating(0), T0), 1).isPresent());
        log().prune(3_500);
        assertEquals(Optional.empty(), log().read(RunId.scheduled(repeating(0), T0), 1));
        assertTrue(log().read(RunId.scheduled(repeating(9), T0), 1).isPresent());
        long kept = 0;
        for (int i = 0; i < 10; i++) {
            kept += log().read(RunId.scheduled(repeating(i), T0), 1)
                    .map(tail -> tail.bytes().length)
                    .orElse(0);
        }
        assertTrue(kept <= 3_500 && kept >= 2_000, "kept=" + kept);
    }
}
