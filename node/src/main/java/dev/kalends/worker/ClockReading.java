package dev.kalends.worker;

import dev.kalends.time.MonotonicClock;
import dev.kalends.time.WallClock;

/**
 * Both clocks, read together. Monotonic time stands still in suspend and wall time can be set back, so a lease is
 * trusted only while both agree.
 */
record ClockReading(long monotonicNs, long wallMs) {
    private static final long NS_PER_MS = 1_000_000;

    static ClockReading of(MonotonicClock monotonic, WallClock wall) {
        return new ClockReading(monotonic.nowNs(), wall.nowMs());
    }

    ClockReading plusMs(long ms) {
        return new ClockReading(monotonicNs + ms * NS_PER_MS, wallMs + ms);
    }

    /** Whether either clock has come to another reading. */
    boolean hasReached(ClockReading other) {
        return monotonicNs - other.monotonicNs >= 0 || wallMs >= other.wallMs;
    }

    /** Milliseconds on the monotonic clock until another reading; negative when it is past. */
    long msUntil(ClockReading other) {
        return Math.floorDiv(other.monotonicNs - monotonicNs, NS_PER_MS);
    }
}
