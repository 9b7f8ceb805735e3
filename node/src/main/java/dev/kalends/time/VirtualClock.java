package dev.kalends.time;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A clock that its owner moves, in rehearsals and tests: both views advance together, and the wall may jump alone.
 * Readable from any thread.
 */
public final class VirtualClock {
    private final AtomicLong wallMs;
    private final AtomicLong monotonicNs = new AtomicLong();

    public VirtualClock(long wallMs) {
        this.wallMs = new AtomicLong(wallMs);
    }

    /** The wall clock's view. */
    public WallClock wall() {
        return wallMs::get;
    }

    /** The monotonic clock's view, from 0. */
    public MonotonicClock monotonic() {
        return monotonicNs::get;
    }

    public long nowMs() {
        return wallMs.get();
    }

    /** Lets time pass. */
    public void advance(long ms) {
        if (ms < 0) {
            throw new IllegalArgumentException("time does not go back, only the wall clock jumps; ms=" + ms);
        }
        wallMs.addAndGet(ms);
        monotonicNs.addAndGet(TimeUnit.MILLISECONDS.toNanos(ms));
    }

    /** Lets time pass until a wall instant; nothing when it is over. */
    public void advanceTo(long instantMs) {
        advance(Math.max(0, instantMs - wallMs.get()));
    }

    /** Sets the wall clock forward or back, while no time passes. */
    public void jumpWall(long byMs) {
        wallMs.addAndGet(byMs);
    }

    /** Lets the machine sleep: the wall goes on, the monotonic clock stands still. */
    public void suspend(long ms) {
        wallMs.addAndGet(ms);
    }
}
