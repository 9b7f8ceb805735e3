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

    /** A new partition. */
    public static final Head FIRST = new Head(1, 0, FEATURE_LEVEL, 1);
}
