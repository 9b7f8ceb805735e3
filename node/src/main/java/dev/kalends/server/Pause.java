package dev.kalends.server;

import java.util.concurrent.TimeUnit;

/** Lets a request's own thread wait; a test's pause moves its clock instead. */
@FunctionalInterface
public interface Pause {
    void pauseNs(long ns) throws InterruptedException;

    /** Waits in real time. */
    static Pause real() {
        return TimeUnit.NANOSECONDS::sleep;
    }
}
