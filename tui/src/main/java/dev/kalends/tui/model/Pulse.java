package dev.kalends.tui.model;

import java.util.Arrays;
import java.util.List;

/**
 * What the event stream told, by minutes. Arrays hold {@link #MINUTES} of them, the last one is {@code untilMinute}.
 *
 * @param untilMinute the last minute, counted from 1970
 * @param sinceMinute from when on events were seen
 * @param skew for each minute how many fires there were in each of the classes of {@link #BOUNDS_MS}
 * @param started runs that began
 * @param failed attempts that failed
 * @param events how many events were read
 */
public record Pulse(long untilMinute, long sinceMinute, List<int[]> skew, int[] started, int[] failed, long events) {
    public static final int MINUTES = 60;

    /** Upper bounds of the skew classes, in milliseconds; one more class is above the last. */
    private static final long[] BOUNDS_MS = {30, 100, 300, 1_000, 3_000, 10_000};

    /** Skew classes. */
    public static final int CLASSES = BOUNDS_MS.length + 1;

    public static final Pulse NONE = new Pulse(0, 0, List.of(), new int[MINUTES], new int[MINUTES], 0);

    /** The class of a skew. */
    public static int skewClass(long skewMs) {
        int at = Arrays.binarySearch(BOUNDS_MS, Math.max(0, skewMs));
        return at >= 0 ? at : -at - 1;
    }
}
