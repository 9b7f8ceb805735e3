package dev.kalends.lease;

/**
 * The durations of a membership, in milliseconds.
 *
 * <p>{@code requestMs} is how long an answer is waited for. Two requests that are never answered, one after the other,
 * must fit into the trust window: so one lost answer does not cost a leadership.
 *
 * @param ttlMs how long a membership lives without a renewal, asked of the service
 * @param marginMs how much earlier than that the node stops trusting itself
 * @param renewMs from one renewal to the next
 * @param requestMs the longest wait for one answer
 */
public record CoordinationTerms(long ttlMs, long marginMs, long renewMs, long requestMs) {
    /** What a cluster uses unless it is told otherwise. */
    public static final CoordinationTerms DEFAULT = ofTtl(5_000);

    public CoordinationTerms {
        if (marginMs <= 0 || renewMs <= 0 || requestMs <= 0 || 2 * requestMs + marginMs > ttlMs) {
            throw new IllegalArgumentException("two requests and the margin must fit into the TTL; ttlMs=" + ttlMs
                    + " marginMs=" + marginMs + " renewMs=" + renewMs + " requestMs=" + requestMs);
        }
    }

    /** The usual proportions: a margin of a tenth, a renewal each fifth, two fifths for an answer. */
    public static CoordinationTerms ofTtl(long ttlMs) {
        return new CoordinationTerms(ttlMs, ttlMs / 10, ttlMs / 5, ttlMs * 2 / 5);
    }

    /** The pause after a request that failed. */
    long retryMs() {
        return Math.max(1, ttlMs / 20);
    }
}
