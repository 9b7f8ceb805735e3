package dev.kalends.cli.e2e;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits for something that other processes bring about: looks again and again until a deadline. */
final class Await {
    private static final long LOOK_AGAIN_NS = TimeUnit.MILLISECONDS.toNanos(50);

    private Await() {}

    /** Returns once the condition holds; fails, naming what was awaited, when it does not in time. */
    static void until(String what, Duration within, Callable<Boolean> condition) throws Exception {
        long startedNs = System.nanoTime();
        while (!condition.call()) {
            if (System.nanoTime() - startedNs > within.toNanos()) {
                throw new AssertionError("did not happen in time: " + what + "; within=" + within);
            }
            LockSupport.parkNanos(LOOK_AGAIN_NS);
        }
    }

    /** Lets time pass: a moment for a kill is chosen, not waited for. */
    static void passing(Duration time) {
        long untilNs = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = untilNs - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
