package dev.kalends.job;

/** The wait before a retry: exponential with factor 2 from min to max, full jitter. */
public record Backoff(long minMs, long maxMs) {
    /** Ten seconds to one hour. */
    public static final Backoff DEFAULT = new Backoff(10_000, 3_600_000);

    public Backoff {
        if (minMs < 0 || maxMs < minMs) {
            throw new IllegalArgumentException("backoff is MIN..MAX; minMs=" + minMs + " maxMs=" + maxMs);
        }
    }

    /**
     * The wait after a failed attempt, from 1: between {@code minMs} and {@code min * 2^attempt} capped at max.
     * The jitter is a hash of the run and the attempt, so the decision stays pure.
     */
    public long waitMs(RunId run, int attempt) {
        int doublings = Math.min(attempt, 40);
        long ceiling = minMs > (maxMs >> doublings) ? maxMs : Math.min(maxMs, minMs << doublings);
        if (ceiling <= minMs) {
            return minMs;
        }
        long hash = Hash.mix(run.job().value() * 31 + run.nominalMs(), run.number() * 1_000_003L + attempt);
        return minMs + Math.floorMod(hash, ceiling - minMs + 1);
    }
}
