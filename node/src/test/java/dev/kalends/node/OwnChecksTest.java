package dev.kalends.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.kalends.api.CheckView;
import dev.kalends.relay.ClockVerdict;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a node says of itself, well and ill. */
final class OwnChecksTest {
    private static final long MIB = 1L << 20;

    private static String word(CheckView check) {
        assertEquals("n1", check.node());
        if (check.verdict().equals("ok")) {
            assertNull(check.advice());
        }
        return check.verdict() + " " + check.check();
    }

    @Test
    void roomIsJudged() {
        assertEquals("ok node-disk", word(OwnChecks.room("n1", 1024 * MIB)));
        assertEquals("warn node-disk", word(OwnChecks.room("n1", 1024 * MIB - 1)));
        assertEquals("fail node-disk", word(OwnChecks.room("n1", 100 * MIB - 1)));
        assertEquals(
                "99 MiB free for its data", OwnChecks.room("n1", 100 * MIB - 1).found());
    }

    @Test
    void theClockIsJudgedAsForLeading() {
        assertEquals("ok node-clock", word(OwnChecks.clock("n1", ClockVerdict.of(List.of(20L, 10L), 1_000))));
        assertEquals("warn node-clock", word(OwnChecks.clock("n1", ClockVerdict.of(List.of(400L, 400L), 1_000))));
        assertEquals("warn node-clock", word(OwnChecks.clock("n1", ClockVerdict.of(List.of(5_000L), 1_000))));
        assertEquals("fail node-clock", word(OwnChecks.clock("n1", ClockVerdict.of(List.of(5_000L, 5_000L), 1_000))));
    }

    @Test
    void lagAndCoordinationAreJudged() {
        assertEquals("ok replica-lag", word(OwnChecks.lag("n1", 5_000)));
        assertEquals("warn replica-lag", word(OwnChecks.lag("n1", 5_001)));
        assertEquals("ok coordination", word(CoordinationCheck.judge("n1", 500, 1)));
        assertEquals("warn coordination", word(CoordinationCheck.judge("n1", 501, 3)));
        assertEquals(
                "answers in 3 ms, 3 members",
                CoordinationCheck.judge("n1", 3, 3).found());
    }
}
