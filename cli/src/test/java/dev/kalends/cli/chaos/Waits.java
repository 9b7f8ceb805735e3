package dev.kalends.cli.chaos;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits for what other processes bring about, and lets time pass between the moments at which something is broken. */
final class Waits {
    private static final long LOOK_AGAIN_NS = TimeUnit.MILLISECONDS.toNanos(50);

    private Waits() {}

    static void until(String what, Duration within, Callable<Boolean> condition) throws Exception {
        long startedNs = System.nanoTime();
        while (!condition.call()) {
            if (System.nanoTime() - startedNs > within.toNanos()) {
                throw new CellFailure("did not happen in time: " + what + "; within=" + within);
            }
            LockSupport.parkNanos(LOOK_AGAIN_NS);
        }
    }

    static void pass(Duration time) {
        long untilNs = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = untilNs - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /** Until an instant of the system's wall clock. */
    static void untilMs(long wallMs) {
        pass(Duration.ofMillis(Math.max(0, wallMs - System.currentTimeMillis())));
    }
}
