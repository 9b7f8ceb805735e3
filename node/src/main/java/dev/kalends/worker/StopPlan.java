package dev.kalends.worker;

/**
 * When a process is told to end, and when it is made to. Pure.
 *
 * <p>A timeout, a cancel and a drain are TERM, then KILL after the grace; a lost lease is KILL at once. The first cause
 * is the one that is told.
 */
final class StopPlan {
    private static final long NS_PER_MS = 1_000_000;

    private final long startNs;
    private final long timeoutMs;
    private final long graceMs;
    private Cause cause = Cause.NONE;
    private long termNs;
    private boolean killed;

    /** What to do now. */
    enum Order {
        NONE,
        TERM,
        KILL
    }

    /** Why the process was stopped. */
    enum Cause {
        NONE,
        TIMEOUT,
        CANCELLED,
        DRAINED,
        LOST
    }

    StopPlan(long startNs, long timeoutMs, long graceMs) {
        this.startNs = startNs;
        this.timeoutMs = timeoutMs;
        this.graceMs = graceMs;
    }

    /** The order for this moment; each is given once. */
    Order order(long nowNs, StopSignal.Reason reason) {
        if (killed) {
            return Order.NONE;
        }
        if (reason == StopSignal.Reason.LOST) {
            cause = cause == Cause.NONE ? Cause.LOST : cause;
            killed = true;
            return Order.KILL;
        }
        if (cause == Cause.NONE) {
            cause = cause(nowNs, reason);
            termNs = nowNs;
            return cause == Cause.NONE ? Order.NONE : Order.TERM;
        }
        if (elapsedMs(termNs, nowNs) >= graceMs) {
            killed = true;
            return Order.KILL;
        }
        return Order.NONE;
    }

    private Cause cause(long nowNs, StopSignal.Reason reason) {
        return switch (reason) {
            case NONE -> elapsedMs(startNs, nowNs) >= timeoutMs ? Cause.TIMEOUT : Cause.NONE;
            case CANCELLED -> Cause.CANCELLED;
            case DRAINED -> Cause.DRAINED;
            case LOST -> Cause.LOST;
        };
    }

    /** Milliseconds until {@link #order} has something to say by itself, at least 1. */
    long msUntilNext(long nowNs) {
        long leftMs = cause == Cause.NONE ? timeoutMs - elapsedMs(startNs, nowNs) : graceMs - elapsedMs(termNs, nowNs);
        return Math.max(1, leftMs);
    }

    Cause cause() {
        return cause;
    }

    boolean killed() {
        return killed;
    }

    long timeoutMs() {
        return timeoutMs;
    }

    private static long elapsedMs(long fromNs, long toNs) {
        return (toNs - fromNs) / NS_PER_MS;
    }
}
