package dev.kalends.schedule;

import dev.kalends.time.CivilDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which fires excluded days have taken away, in words. Asks the intervals and not the fires, so the work is bounded by
 * the rows of excluded days that are shown.
 */
final class ExclusionNotes {
    private static final int ROWS_SHOWN_MAX = 2;
    private static final long DAY_SEC = CivilDate.SECONDS_A_DAY;

    private final FireTimes base;
    private final ExceptFires fires;
    private final ZoneTimeline timeline;

    ExclusionNotes(FireTimes base, ExceptFires fires, ZoneId zone) {
        this.base = base;
        this.fires = fires;
        this.timeline = ZoneTimeline.of(zone);
    }

    /** What was left out after an instant and before a fire, such as {@code skipped: 2026-12-25 is excluded}. */
    Optional<String> between(long previousMs, long fireMs) {
        List<String> notes = new ArrayList<>();
        long fromMs = previousMs;
        long left = base.countBetween(fromMs, fireMs - 1);
        while (left > 0 && notes.size() < ROWS_SHOWN_MAX) {
            long skippedMs = base.nextAfter(fromMs);
            long rowEndMs = fires.freeFromMs(skippedMs);
            fromMs = Math.min(rowEndMs, fireMs) - 1;
            long after = base.countBetween(fromMs, fireMs - 1);
            notes.add("skipped: " + row(dayOf(skippedMs), dayOf(fromMs), left - after));
            left = after;
        }
        if (left > 0) {
            notes.add("skipped " + left + (left == 1 ? " more fire" : " more fires"));
        }
        return notes.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", notes));
    }

    private static String row(long firstDay, long lastDay, long fires) {
        String first = ExcludedDaysText.date(firstDay);
        return fires == 1 || firstDay == lastDay
                ? first + " is excluded"
                : first + " to " + ExcludedDaysText.date(lastDay) + " are excluded";
    }

    private long dayOf(long ms) {
        long sec = Math.floorDiv(ms, 1_000L);
        return Math.floorDiv(sec + timeline.offsetSec(timeline.stretchAt(sec)), DAY_SEC);
    }
}
