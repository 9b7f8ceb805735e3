package dev.kalends.lease;

/**
 * The durations of {@link Seating}, in milliseconds.
 *
 * @param settledMs how long a better owner must have been fit before it is given a partition that is led well
 * @param patienceMs how long a free partition waits for each member that ranks higher
 * @param handOverEveryMs how long a member that drains waits between two partitions, so that the first is led again
 * @param backoffMs the first withdrawal after a failure; each further one is twice as long
 * @param backoffMaxMs the longest withdrawal
 */
public record SeatingTerms(long settledMs, long patienceMs, long handOverEveryMs, long backoffMs, long backoffMaxMs) {
    public static final SeatingTerms DEFAULT = new SeatingTerms(30_000, 2_000, 300, 1_000, 60_000);

    /** Of a node without others: nobody would take over, so it tries again each second. */
    public static final SeatingTerms ALONE = new SeatingTerms(30_000, 2_000, 300, 1_000, 1_000);

    public SeatingTerms {
        if (settledMs < 0 || patienceMs <= 0 || handOverEveryMs < 0 || backoffMs <= 0 || backoffMaxMs < backoffMs) {
            throw new IllegalArgumentException(
                    "terms of seating; settledMs=" + settledMs + " patienceMs=" + patienceMs + " handOverEveryMs="
                            + handOverEveryMs + " backoffMs=" + backoffMs + " backoffMaxMs=" + backoffMaxMs);
        }
    }
}
