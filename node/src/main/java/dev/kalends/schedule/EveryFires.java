package dev.kalends.schedule;

import dev.kalends.job.RunId;
import dev.kalends.job.Schedule;

/**
 * Fires at {@code anchorMs + n * periodMs} for n = 1, 2, 3…: real elapsed time, computed and never added up, so it does
 * not drift. Both answers cost the same however long ago the anchor was.
 */
public record EveryFires(long periodMs, long anchorMs) implements FireTimes {
    /** As {@link Schedule.Every}, whose consistency it shares. */
    public EveryFires {
        if (periodMs < 1 || anchorMs < -RunId.NOMINAL_MAX_MS || anchorMs > RunId.NOMINAL_MAX_MS) {
            throw new IllegalArgumentException("no such period; periodMs=" + periodMs + " anchorMs=" + anchorMs);
        }
    }

    /** Without an anchor: the first fire comes one period after acceptance. */
    public static Schedule.Every fromAcceptance(long periodMs, long acceptedMs) {
        return new Schedule.Every(periodMs, acceptedMs);
    }

    /**
     * With an anchor: fires at the anchor and each period after it. An anchor of the past is kept as it is, so that the
     * same text is the same schedule whenever it is read.
     */
    public static Schedule.Every anchored(long periodMs, long anchorMs) {
        return new Schedule.Every(periodMs, Math.subtractExact(anchorMs, periodMs));
    }

    @Override
    public long nextAfter(long afterMs) {
        long fired = firedUpTo(afterMs);
        long lastPossible = firedUpTo(RunId.NOMINAL_MAX_MS);
        return fired >= lastPossible ? NEVER : anchorMs + (fired + 1) * periodMs;
    }

    @Override
    public long countBetween(long fromExclusiveMs, long toInclusiveMs) {
        return Math.max(0, firedUpTo(toInclusiveMs) - firedUpTo(fromExclusiveMs));
    }

    /** How many fires are not after an instant. */
    private long firedUpTo(long atMs) {
        long boundedMs = Math.min(atMs, RunId.NOMINAL_MAX_MS);
        return boundedMs <= anchorMs ? 0 : (boundedMs - anchorMs) / periodMs;
    }
}
