package dev.kalends.testing;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.time.MonotonicClock;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waiting for something that others do, in real time. */
public final class Patience {
    private static final long STEP_MS = 20;

    private Patience() {}

    /** Waits until something is so; fails when it takes longer than a limit. */
    public static void await(long limitMs, BooleanSupplier something) {
        MonotonicClock clock = MonotonicClock.system();
        long startNs = clock.nowNs();
        while (!something.getAsBoolean()) {
            long waitedMs = TimeUnit.NANOSECONDS.toMillis(clock.nowNs() - startNs);
            assertTrue(waitedMs < limitMs, "it takes too long; waitedMs=" + waitedMs);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(STEP_MS));
        }
    }
}
