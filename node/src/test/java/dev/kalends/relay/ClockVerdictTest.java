package dev.kalends.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.relay.ClockOffsets.Sample;
import dev.kalends.relay.ClockVerdict.Level;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ClockVerdictTest {
    private static final long TOLERANCE_MS = ClockVerdict.TOLERANCE_MS;

    private static ClockVerdict judge(Long... offsetsMs) {
        return ClockVerdict.of(List.of(offsetsMs), TOLERANCE_MS);
    }

    /** An answer that took most of a second says nothing about half a second. */
    @Test
    void onlyWhatTheRoundTripDoesNotExplainIsCertain() {
        assertEquals(0, new Sample(-464, 464).certainMs());
        assertEquals(0, new Sample(100, 464).certainMs());
        assertEquals(36, new Sample(500, 464).certainMs());
        assertEquals(-36, new Sample(-500, 464).certainMs());
        assertEquals(-500, new Sample(-500, 0).certainMs());
    }

    @Test
    void aNodeAloneIsRight() {
        assertEquals(new ClockVerdict(Level.GOOD, 0, ""), judge());
    }

    @Test
    void whoIsOutvotedDoesNotLead() {
        ClockVerdict ahead = judge(-5_000L, -5_020L);
        assertEquals(Level.UNFIT, ahead.level());
        assertEquals(5_000, ahead.deviationMs());
        assertTrue(ahead.text().contains("5000 ms ahead of the others"), ahead.text());
        ClockVerdict behind = judge(1_200L, 1_300L, 1_250L, -10L);
        assertEquals(Level.UNFIT, behind.level());
        assertEquals(-1_200, behind.deviationMs());
        assertTrue(behind.text().contains("1200 ms behind the others"), behind.text());
    }

    @Test
    void aWrongOneAmongTheOthersIsTheirMatter() {
        assertEquals(Level.GOOD, judge(3_600_000L, 20L).level());
        assertEquals(Level.GOOD, judge(-3_600_000L, -20L).level());
    }

    @Test
    void aSmallDeviationIsAWarning() {
        assertEquals(Level.GOOD, judge(250L, 250L).level());
        assertEquals(Level.WARNING, judge(251L, 251L).level());
        assertEquals(Level.WARNING, judge(TOLERANCE_MS, TOLERANCE_MS).level());
        assertEquals(Level.UNFIT, judge(TOLERANCE_MS + 1, TOLERANCE_MS + 1).level());
    }

    @Test
    void ofTwoNobodyKnowsWhoIsWrong() {
        assertEquals(Level.ALARM, judge(5_000L).level());
        assertEquals(Level.WARNING, judge(-300L).level());
        assertEquals(300, judge(-300L).deviationMs());
    }

    @Test
    void ofTwoHalvesThatDisagreeSomebodyLeads() {
        assertEquals(Level.GOOD, judge(0L, 5_000L, 5_000L).level());
        assertEquals(Level.GOOD, judge(-5_000L, -5_000L, 0L).level());
    }

    @Test
    void theOffsetIsReckonedForTheMiddleOfTheRoundTrip() {
        assertEquals(new Sample(500, 20), Sample.of(10_020, 10_500, 40));
    }

    @Test
    void theSampleWithTheSmallestRoundTripOfTheLastEightCounts() {
        ClockOffsets offsets = new ClockOffsets();
        offsets.add("n2", new Sample(40, 3));
        for (int i = 0; i < ClockOffsets.SAMPLES - 1; i++) {
            offsets.add("n2", new Sample(60, 50 + i));
        }
        assertEquals(Map.of("n2", new Sample(40, 3)), offsets.best());
        offsets.add("n2", new Sample(61, 50));
        assertEquals(Map.of("n2", new Sample(60, 50)), offsets.best(), "the best is too old now");
    }

    @Test
    void aClockThatWasSetIsNoticedAtOnce() {
        ClockOffsets offsets = new ClockOffsets();
        offsets.add("n2", new Sample(0, 1));
        offsets.add("n3", new Sample(0, 1));
        offsets.add("n2", new Sample(3_000, 40));
        assertEquals(Map.of("n2", new Sample(3_000, 40), "n3", new Sample(0, 1)), offsets.best());
        offsets.retain(Set.of("n3"));
        assertEquals(Set.of("n3"), offsets.best().keySet());
    }
}
