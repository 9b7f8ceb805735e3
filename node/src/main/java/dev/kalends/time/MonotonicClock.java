package dev.kalends.time;

/** Elapsed time since an arbitrary start: measures leases and waits. It never jumps, and stands still in suspend. */
@FunctionalInterface
public interface MonotonicClock {
    /** Nanoseconds since an arbitrary origin; only differences mean anything. */
    long nowNs();

    /** The machine's own monotonic clock. */
    static MonotonicClock system() {
        return System::nanoTime;
    }
}
