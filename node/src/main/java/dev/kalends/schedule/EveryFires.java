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
     * With an anchor: a fire at the anchor if it is not before acceptance, else at the first instant of its grid that
     * is not.
     */
    public static Schedule.Every onGrid(long periodMs, long anchorMs, long acceptedMs) {
        long fires = Math.max(0, Math.ceilDiv(Math.subtractExact(acceptedMs, anchorMs), periodMs));
        long firstMs = Math.addExact(anchorMs, Math.multiplyExact(fires, periodMs));
        return new Schedule.Every(periodMs, Math.subtractExact(firstMs, periodMs));
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
