package dev.kalends.worker;

import dev.kalends.api.Grant;

/** A lease that this worker holds, and how long it may believe so. */
final class HeldLease {
    private final Grant grant;
    private final LeaseKey key;
    private final OutputTail output = new OutputTail();
    private ClockReading trustedUntil;
    private long startedAtMs = -1;
    private long shipped;
    private State state = State.TRUSTED;

    /** What is known about the right to execute. */
    enum State {
        TRUSTED,
        /** Not renewed in time: the execution is stopped, and whatever it does now is no success. */
        OVERDUE,
        /** The leader said that it is gone: a report would be refused. */
        GONE
    }

    HeldLease(Grant grant, ClockReading trustedUntil) {
        this.grant = grant;
        this.key = new LeaseKey(grant.run(), grant.token());
        this.trustedUntil = trustedUntil;
    }

    Grant grant() {
        return grant;
    }

    LeaseKey key() {
        return key;
    }

    OutputTail output() {
        return output;
    }

    ClockReading trustedUntil() {
        return trustedUntil;
    }

    void trustUntil(ClockReading until) {
        trustedUntil = until;
    }

    /** UTC milliseconds; -1 = not yet. */
    long startedAtMs() {
        return startedAtMs;
    }

    void started(long nowMs) {
        startedAtMs = nowMs;
    }

    /** Output up to here has reached the leader. */
    long shipped() {
        return shipped;
    }

    void shippedTo(long offset) {
        shipped = Math.max(shipped, offset);
    }

    State state() {
        return state;
    }

    void become(State next) {
        state = next;
    }
}
