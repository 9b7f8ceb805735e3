package dev.kalends.relay;

import java.util.Collection;
import java.util.stream.LongStream;

/**
 * Whether this node's wall clock is good enough to lead by, judged against the clocks of the other nodes.
 *
 * <p>With three nodes or more the middle of all clocks counts as right. Of an even number there are two middle ones,
 * and whoever lies between them is right: so of two halves that disagree neither is unfit, and somebody leads. Two
 * nodes cannot know which one is wrong: that is an alarm only.
 *
 * @param deviationMs how far this clock is ahead of what counts as right; negative = behind
 * @param text one line for people; empty when the clock is fine
 */
public record ClockVerdict(Level level, long deviationMs, String text) {
    /** How far a clock may be off before it may not lead, unless set otherwise. */
    public static final long TOLERANCE_MS = 1_000;
    /** From where on a deviation is worth a warning. */
    public static final long WARN_MS = 250;

    private static final int NODES_THAT_OUTVOTE = 3;

    /** What a deviation means. */
    public enum Level {
        GOOD,
        /** Off, but within what is tolerated. */
        WARNING,
        /** Two nodes differ by more than is tolerated; who is wrong cannot be known. */
        ALARM,
        /** Off by more than is tolerated: fires would be early or late. */
        UNFIT
    }

    /**
     * Judges.
     *
     * @param offsetsMs the other nodes' clocks less this one
     */
    public static ClockVerdict of(Collection<Long> offsetsMs, long toleranceMs) {
        long[] sorted = LongStream.concat(LongStream.of(0), offsetsMs.stream().mapToLong(Long::longValue))
                .sorted()
                .toArray();
        boolean outvoted = sorted.length >= NODES_THAT_OUTVOTE;
        long deviationMs = outvoted
                ? -outside(sorted[(sorted.length - 1) / 2], sorted[sorted.length / 2])
                : -offsetsMs.stream().mapToLong(Long::longValue).sum();
        long offMs = Math.abs(deviationMs);
        String how = deviationMs > 0 ? " ms ahead of" : " ms behind";
        String figures = "; deviationMs=" + deviationMs + " toleranceMs=" + toleranceMs + " nodes=" + sorted.length;
        if (offMs > toleranceMs) {
            return outvoted
                    ? new ClockVerdict(
                            Level.UNFIT,
                            deviationMs,
                            "this node's clock is " + offMs + how + " the others: it does not lead until it is set"
                                    + figures)
                    : new ClockVerdict(
                            Level.ALARM,
                            deviationMs,
                            "this node's clock is " + offMs + how
                                    + " the other's, and nobody can tell which is wrong: look at both" + figures);
        }
        if (offMs > WARN_MS) {
            return new ClockVerdict(
                    Level.WARNING, deviationMs, "this node's clock is " + offMs + how + " the others" + figures);
        }
        return new ClockVerdict(Level.GOOD, deviationMs, "");
    }

    /** How far a stretch lies from 0, which is this node's own clock. */
    private static long outside(long fromMs, long toMs) {
        return fromMs > 0 ? fromMs : Math.min(toMs, 0);
    }
}
