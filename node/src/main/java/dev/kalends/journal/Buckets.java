package dev.kalends.journal;

/**
 * A stretch of time cut into equal buckets, for counting.
 *
 * @param fromMs what is earlier does not count; it lies in the first bucket
 * @param originMs where the first bucket begins
 * @param stepMs the length of a bucket
 * @param count how many there are
 */
public record Buckets(long fromMs, long originMs, long stepMs, int count) {
    public Buckets {
        if (stepMs < 1 || count < 1 || fromMs < originMs || fromMs >= originMs + stepMs) {
            throw new IllegalArgumentException(
                    "no buckets; fromMs=" + fromMs + " originMs=" + originMs + " stepMs=" + stepMs + " count=" + count);
        }
    }

    /** Buckets that begin at multiples of their length, from the one that holds an instant up to another. */
    public static Buckets of(long fromMs, long untilMs, long stepMs) {
        long originMs = Math.floorDiv(fromMs, stepMs) * stepMs;
        long count = Math.max(1, Math.ceilDiv(untilMs - originMs, stepMs));
        return new Buckets(fromMs, originMs, stepMs, Math.toIntExact(count));
    }

    /** The first instant after the last bucket. */
    public long untilMs() {
        return originMs + count * stepMs;
    }

    /** Where a bucket begins. */
    public long startMs(int bucket) {
        return originMs + bucket * stepMs;
    }

    /** The bucket of an instant, or -1 outside. */
    public int of(long atMs) {
        return atMs < fromMs || atMs >= untilMs() ? -1 : (int) ((atMs - originMs) / stepMs);
    }
}
