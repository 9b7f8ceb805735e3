package dev.kalends.runtime;

/**
 * Notices when the wall clock jumps against the monotonic one.
 *
 * <p>A jump forward of more than a minute may be a mistake: firing is held until the new time has stood for {@link
 * #CONFIRM_MS}, because what fired cannot be taken back. Until then all is decided by the old time: a job that comes
 * meanwhile would else be accepted in the future, and wait for that. Any other jump only asks for the wheel to be built
 * again.
 */
final class ClockWatch {
    /** Smaller differences are the clock being steered. */
    static final long JUMP_MS = 1_000;
    /** Jumps forward beyond this hold firing. */
    static final long HOLD_BEYOND_MS = 60_000;
    /** How long a held jump must stand. */
    static final long CONFIRM_MS = 5_000;

    private static final long NS_A_MS = 1_000_000;

    /** What a look at the clocks says. */
    enum Finding {
        STEADY,
        /** The clock jumped; what is due has to be looked at afresh. */
        JUMPED,
        /** A long jump forward; nothing fires until it is confirmed. */
        HELD,
        /** A held jump has stood long enough. */
        CONFIRMED
    }

    private long wallMs;
    private long monotonicNs;
    private long holdUntilNs;
    private boolean holding;
    private long heldMs;
    private long lastJumpMs;

    ClockWatch(long wallMs, long monotonicNs) {
        this.wallMs = wallMs;
        this.monotonicNs = monotonicNs;
    }

    Finding observe(long nowMs, long nowNs) {
        long jumpMs = (nowMs - wallMs) - (nowNs - monotonicNs) / NS_A_MS;
        if (Math.abs(jumpMs) < JUMP_MS) {
            // The reference follows slowly, so that a clock that is steered does not add up to a jump.
            if (nowNs - monotonicNs > CONFIRM_MS * NS_A_MS) {
                reset(nowMs, nowNs);
            }
            if (holding && nowNs - holdUntilNs >= 0) {
                holding = false;
                return Finding.CONFIRMED;
            }
            return Finding.STEADY;
        }
        lastJumpMs = jumpMs;
        reset(nowMs, nowNs);
        if (jumpMs > HOLD_BEYOND_MS) {
            heldMs = holding ? heldMs + jumpMs : jumpMs;
            holding = true;
            holdUntilNs = nowNs + CONFIRM_MS * NS_A_MS;
            return Finding.HELD;
        }
        // A jump back while holding is the mistake taken back.
        holding = holding && jumpMs > -HOLD_BEYOND_MS;
        return Finding.JUMPED;
    }

    boolean holding() {
        return holding;
    }

    /** What the wall clock would say without a jump that is held. */
    long trustedMs(long nowMs) {
        return holding ? nowMs - heldMs : nowMs;
    }

    /** The size of the last jump, positive for forward. */
    long lastJumpMs() {
        return lastJumpMs;
    }

    private void reset(long nowMs, long nowNs) {
        wallMs = nowMs;
        monotonicNs = nowNs;
    }
}
