package dev.kalends.api;

import io.avaje.jsonb.Json;
import java.util.Arrays;
import java.util.List;

/**
 * What was started and failed in each of the last {@value #MINUTES} minutes, by all nodes together.
 *
 * @param sinceMinute from when on it was counted, in minutes from 1970
 * @param untilMinute the present one
 * @param boundsMs upper bounds of the classes of fire skew, in milliseconds; one more class is above the last
 * @param items minutes in which something happened, in order
 */
@Json
public record MinutesView(
        String asOf, long sinceMinute, long untilMinute, List<Long> boundsMs, List<MinutesView.Minute> items) {
    /** How many minutes are kept. */
    public static final int MINUTES = 60;

    /** Upper bounds of the classes of skew, in milliseconds. */
    public static final List<Long> BOUNDS_MS = List.of(30L, 100L, 300L, 1_000L, 3_000L, 10_000L);

    /** Classes of skew. */
    public static final int CLASSES = BOUNDS_MS.size() + 1;

    private static final long[] BOUNDS =
            BOUNDS_MS.stream().mapToLong(Long::longValue).toArray();

    /**
     * One minute.
     *
     * @param minute counted from 1970
     * @param skew first starts in each class of skew
     * @param started runs that began
     * @param failed attempts that failed
     */
    @Json
    public record Minute(long minute, List<Long> skew, long started, long failed) {}

    /** The class of a skew, from 0. */
    public static int skewClass(long skewMs) {
        int at = Arrays.binarySearch(BOUNDS, Math.max(0, skewMs));
        return at >= 0 ? at : -at - 1;
    }
}
