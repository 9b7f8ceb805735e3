package dev.kalends.server;

import dev.kalends.api.MinutesView;
import dev.kalends.api.MinutesView.Minute;
import dev.kalends.time.WallClock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * Starts and failures of the last {@value MinutesView#MINUTES} minutes, by the minute in which they were drained. A
 * console shows the last hour with it without reading every event. Any thread may ask.
 */
final class MinuteBook {
    private final WallClock wall;
    private final long sinceMinute;
    private final Slot[] ring = new Slot[MinutesView.MINUTES];

    private static final class Slot {
        private final long minute;
        private final long[] skew = new long[MinutesView.CLASSES];
        private long started;
        private long failed;

        Slot(long minute) {
            this.minute = minute;
        }
    }

    MinuteBook(WallClock wall) {
        this.wall = wall;
        this.sinceMinute = minute();
    }

    private long minute() {
        return TimeUnit.MILLISECONDS.toMinutes(wall.nowMs());
    }

    /** Counts what was measured since the last call. */
    synchronized void add(Histogram skew, long started, long failed) {
        if (started == 0 && failed == 0 && skew.getTotalCount() == 0) {
            return;
        }
        long now = minute();
        int at = (int) Math.floorMod(now, (long) ring.length);
        Slot slot = ring[at];
        if (slot == null || slot.minute != now) {
            slot = new Slot(now);
            ring[at] = slot;
        }
        slot.started += started;
        slot.failed += failed;
        for (HistogramIterationValue value : skew.recordedValues()) {
            slot.skew[MinutesView.skewClass(value.getValueIteratedTo())] += value.getCountAddedInThisIterationStep();
        }
    }

    /** This node's minutes. */
    synchronized MinutesView view(String asOf) {
        long until = minute();
        List<Minute> items = new ArrayList<>();
        Map<Long, Slot> slotByMinute = new TreeMap<>();
        for (Slot slot : ring) {
            if (slot != null && slot.minute > until - MinutesView.MINUTES && slot.minute <= until) {
                slotByMinute.put(slot.minute, slot);
            }
        }
        slotByMinute
                .values()
                .forEach(slot -> items.add(
                        new Minute(slot.minute, Arrays.stream(slot.skew).boxed().toList(), slot.started, slot.failed)));
        return new MinutesView(asOf, sinceMinute, until, MinutesView.BOUNDS_MS, List.copyOf(items));
    }

    /** Two nodes' minutes together. Of one that divides skew into other classes only the counts are taken. */
    static MinutesView plus(MinutesView one, MinutesView other) {
        Map<Long, Minute> sum = new TreeMap<>();
        one.items().forEach(minute -> sum.put(minute.minute(), minute));
        boolean sameClasses = one.boundsMs().equals(other.boundsMs());
        for (Minute minute : other.items()) {
            if (minute.minute() <= one.untilMinute() - MinutesView.MINUTES || minute.minute() > one.untilMinute()) {
                continue; // a clock of its own
            }
            Minute shown =
                    sameClasses ? minute : new Minute(minute.minute(), List.of(), minute.started(), minute.failed());
            sum.merge(minute.minute(), shown, MinuteBook::plus);
        }
        return new MinutesView(
                one.asOf(),
                Math.min(one.sinceMinute(), other.sinceMinute()),
                one.untilMinute(),
                one.boundsMs(),
                List.copyOf(sum.values()));
    }

    private static Minute plus(Minute one, Minute other) {
        List<Long> skew = new ArrayList<>();
        for (int i = 0; i < Math.max(one.skew().size(), other.skew().size()); i++) {
            long here = i < one.skew().size() ? one.skew().get(i) : 0;
            long there = i < other.skew().size() ? other.skew().get(i) : 0;
            skew.add(here + there);
        }
        return new Minute(
                one.minute(), List.copyOf(skew), one.started() + other.started(), one.failed() + other.failed());
    }
}
