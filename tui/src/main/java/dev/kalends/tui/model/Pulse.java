package dev.kalends.tui.model;

import dev.kalends.api.MinutesView;
import java.util.ArrayList;
import java.util.List;

/**
 * The last hour by minutes, as the nodes counted it. Arrays hold {@link #MINUTES} of them, the last one is
 * {@code untilMinute}.
 *
 * @param untilMinute the last minute, counted from 1970
 * @param sinceMinute from when on it was counted
 * @param skew for each minute how many fires there were in each class of {@link MinutesView#BOUNDS_MS}
 * @param started runs that began
 * @param failed attempts that failed
 */
public record Pulse(long untilMinute, long sinceMinute, List<int[]> skew, int[] started, int[] failed) {
    public static final int MINUTES = MinutesView.MINUTES;

    /** Skew classes. */
    public static final int CLASSES = MinutesView.CLASSES;

    public static final Pulse NONE = new Pulse(0, 0, List.of(), new int[MINUTES], new int[MINUTES]);

    /** What a node answered, laid out for the screen. Of a node that divides skew into other classes it shows none. */
    public static Pulse of(MinutesView view) {
        List<int[]> skew = new ArrayList<>();
        for (int i = 0; i < MINUTES; i++) {
            skew.add(new int[CLASSES]);
        }
        int[] started = new int[MINUTES];
        int[] failed = new int[MINUTES];
        boolean sameClasses = view.boundsMs().equals(MinutesView.BOUNDS_MS);
        for (MinutesView.Minute minute : view.items()) {
            long at = minute.minute() - view.untilMinute() + MINUTES - 1;
            if (at < 0 || at >= MINUTES) {
                continue;
            }
            started[(int) at] = Math.clamp(minute.started(), 0, Integer.MAX_VALUE);
            failed[(int) at] = Math.clamp(minute.failed(), 0, Integer.MAX_VALUE);
            for (int c = 0; sameClasses && c < Math.min(CLASSES, minute.skew().size()); c++) {
                skew.get((int) at)[c] = Math.clamp(minute.skew().get(c), 0, Integer.MAX_VALUE);
            }
        }
        return new Pulse(view.untilMinute(), view.sinceMinute(), List.copyOf(skew), started, failed);
    }
}
