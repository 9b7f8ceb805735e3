package dev.kalends.runtime;

import java.util.concurrent.atomic.AtomicLong;

/** Whether a partition's loop may lead, as {@link Seats} says, and how it fares; from any thread. */
public final class Seat {
    private final Runnable wake;
    private volatile boolean taken = true;
    private volatile boolean atRest = true;
    private final AtomicLong failures = new AtomicLong();

    Seat(Runnable wake) {
        this.wake = wake;
    }

    /** From now on the loop leads when its partition is owned and trusted. */
    public void take() {
        taken = true;
        wake.run();
    }

    /** From now on it does not lead: it stops after the batch in hand, and {@link #atRest} says when that is. */
    public void giveUp() {
        taken = false;
        wake.run();
    }

    /** Whether it neither leads nor is about to. */
    public boolean atRest() {
        return atRest;
    }

    /** How often a term ended, or did not come about, because something went wrong. */
    public long failures() {
        return failures.get();
    }

    boolean taken() {
        return taken;
    }

    void rests(State now) {
        atRest = now == State.RESTING;
    }

    void failed() {
        failures.incrementAndGet();
    }

    enum State {
        RESTING,
        BUSY
    }
}
