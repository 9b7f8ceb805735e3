package dev.kalends.runtime;

/**
 * How a partition's loop behaves. All times in milliseconds.
 *
 * @param runTtlMs how long a run's lease lasts without a renewal
 * @param foundTtlMs how long a lease lasts that a new leader finds: it does not know when it was renewed last
 * @param horizonMs how far ahead the timing wheel is filled
 * @param loadEveryMs how often it is filled
 * @param succeededKeptMs how long successes stay in history
 * @param othersKeptMs how long all other ended runs stay in history
 */
public record LoopSettings(
        long runTtlMs, long foundTtlMs, long horizonMs, long loadEveryMs, long succeededKeptMs, long othersKeptMs) {
    private static final long DAY_MS = 86_400_000L;

    /** Leases of 15 s, a horizon of 2 minutes filled every second, history of 30 and 90 days. */
    public static final LoopSettings DEFAULT =
            new LoopSettings(15_000, 15_000, 120_000, 1_000, 30 * DAY_MS, 90 * DAY_MS);
}
