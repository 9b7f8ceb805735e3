package dev.kalends.server;

import java.util.concurrent.TimeUnit;

/**
 * Lets through so many a second, and some at once: tokens drip in, a submit takes one a job.
 *
 * <p>It may run into debt: whoever took too many waits until the debt is paid, so that a large bulk slows down instead
 * of failing. Not thread-safe: {@link SubmitRates} guards it.
 */
final class TokenBucket {
    private static final double NS_A_SECOND = TimeUnit.SECONDS.toNanos(1);

    private double ratePerSec;
    private double burst;
    private double tokens;
    private long filledNs;

    TokenBucket(double ratePerSec, double burst, long nowNs) {
        this.ratePerSec = ratePerSec;
        this.burst = burst;
        this.tokens = burst;
        this.filledNs = nowNs;
    }

    /** Takes other limits on; what was gathered stays, up to the new burst. */
    void limit(double newRatePerSec, double newBurst, long nowNs) {
        fill(nowNs);
        ratePerSec = newRatePerSec;
        burst = newBurst;
        tokens = Math.min(tokens, burst);
    }

    /** Takes tokens if they are there; otherwise takes none and says in how many nanoseconds to come again. */
    long take(int wanted, long nowNs) {
        fill(nowNs);
        if (tokens >= wanted) {
            tokens -= wanted;
            return 0;
        }
        return waitNs(Math.min(wanted, burst) - tokens);
    }

    /** Takes tokens in any case and says how many nanoseconds to wait before using them. */
    long borrow(int wanted, long nowNs) {
        fill(nowNs);
        tokens -= wanted;
        return tokens >= 0 ? 0 : waitNs(-tokens);
    }

    private long waitNs(double missing) {
        return Math.max(1, (long) Math.ceil(missing / ratePerSec * NS_A_SECOND));
    }

    private void fill(long nowNs) {
        double passedNs = Math.max(0, nowNs - filledNs);
        tokens = Math.min(burst, tokens + passedNs / NS_A_SECOND * ratePerSec);
        filledNs = nowNs;
    }
}
