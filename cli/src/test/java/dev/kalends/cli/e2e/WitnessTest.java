package dev.kalends.cli.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The judge itself, on histories with planted faults. */
final class WitnessTest {
    private static final String A = "aaaaaaaaaaaaa@20260308T070000Z";
    private static final String B = "bbbbbbbbbbbbb@20260308T070000.250Z";
    private static final long DUE_MS = 1_772_953_200_000L;

    @Test
    void aRetryWithAHigherTokenIsNoFault() {
        Witness.Verdict verdict = judge(line(A, 1, 7, 5), line(B, 1, 8, 250), line(A, 2, 9, 15_000));
        assertTrue(verdict.clean(), verdict.toString());
        assertEquals(1, verdict.again());
    }

    @Test
    void findsWhatIsLost() {
        assertEquals(List.of(B), judge(line(A, 1, 7, 5)).lost());
    }

    @Test
    void findsWhatIsDoubled() {
        assertEquals(
                1,
                judge(line(A, 1, 7, 5), line(B, 1, 8, 250), line(A, 1, 7, 6))
                        .doubled()
                        .size());
        assertEquals(
                1,
                judge(line(A, 1, 7, 5), line(B, 1, 8, 250), line(A, 2, 6, 6))
                        .doubled()
                        .size());
    }

    @Test
    void findsWhatIsEarly() {
        assertEquals(1, judge(line(A, 1, 7, 0), line(B, 1, 8, 249)).early().size());
    }

    @Test
    void findsWhatNobodyAskedFor() {
        String c = "ccccccccccccc@20260308T070000Z";
        assertEquals(
                1,
                judge(line(A, 1, 7, 5), line(B, 1, 8, 250), line(c, 1, 9, 5))
                        .extra()
                        .size());
    }

    @Test
    void writesRunIdsAsTheManualSays() {
        assertEquals(A, Witness.runId("aaaaaaaaaaaaa", "2026-03-08T07:00:00.000Z"));
        assertEquals(B, Witness.runId("bbbbbbbbbbbbb", "2026-03-08T07:00:00.250Z"));
    }

    private static Witness.Verdict judge(Witness.Line... lines) {
        return Witness.judge(Set.of(A, B), List.of(lines));
    }

    private static Witness.Line line(String run, int attempt, long token, long afterMs) {
        return new Witness.Line(run, attempt, token, DUE_MS + afterMs);
    }
}
