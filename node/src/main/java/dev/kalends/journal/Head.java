package dev.kalends.journal;

/**
 * The partition's own counters.
 *
 * @param nextToken the next fencing token; rises for ever
 * @param epoch the leadership under which this was written
 * @param featureLevel what record formats may be written: raised only once every member reads them
 * @param incarnation raised by each restore
 */
public record Head(long nextToken, long epoch, int featureLevel, int incarnation) {
    /** What this build writes at most. */
    public static final int FEATURE_LEVEL = 1;

    /** No build reads this level: it stands in a journal that a restore has not filled to its end yet. */
    public static final int UNFINISHED = Integer.MAX_VALUE;

    /** A new partition. */
    public static final Head FIRST = new Head(1, 0, FEATURE_LEVEL, 1);

    /** Tokens that one incarnation may give out: the next one begins so much higher. */
    private static final long TOKENS_AN_INCARNATION = 1L << 40;
    /** Jobs that one incarnation may accept in one day slot. */
    private static final long SEQUENCES_AN_INCARNATION = 1L << 28;

    /** The partition after a restore: tokens and sequences begin past anything that was issued since the backup. */
    public Head nextIncarnation() {
        return new Head(
                Math.addExact(nextToken, TOKENS_AN_INCARNATION), epoch, featureLevel, Math.addExact(incarnation, 1));
    }

    /** The same head in a partition that nobody may lead yet. */
    public Head unfinished() {
        return new Head(nextToken, epoch, UNFINISHED, incarnation);
    }

    /** The lowest sequence number that this incarnation gives out in any slot. */
    public long firstSequence() {
        return (incarnation - 1) * SEQUENCES_AN_INCARNATION;
    }
}
