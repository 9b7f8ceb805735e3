package dev.kalends.schedule;

import dev.kalends.job.RunId;
import dev.kalends.time.CivilDate;
import java.time.ZoneId;

/**
 * The fires of a schedule that do not lie on an excluded day by their local date.
 *
 * <p>Days are local and fires are instants: a row of excluded days is one interval of instants in each stretch of the
 * zone's clock that shows them, two where midnight happens twice. {@link #nextAfter} jumps over a whole interval, so
 * it costs a question for each interval with a fire in it, and {@link #countBetween} takes from the count of the base
 * what it counts in the intervals.
 */
final class ExceptFires implements FireTimes {
    private static final long DAY_SEC = CivilDate.SECONDS_A_DAY;
    private static final long YEAR_1_MS = -62_135_596_800_000L;
    /** Calendar, weekdays and zone rules repeat in this time; two days more for what lies across its ends. */
    private static final long ERA_MS = (CivilDate.DAYS_AN_ERA + 2L) * DAY_SEC * 1_000;

    private final FireTimes base;
    private final DayExclusion days;
    private final ZoneTimeline timeline;
    private final long repeatsFromMs;

    ExceptFires(FireTimes base, DayExclusion days, ZoneId zone) {
        this.base = base;
        this.days = days;
        this.timeline = ZoneTimeline.of(zone);
        this.repeatsFromMs = Math.max(days.datesEnd() * DAY_SEC, timeline.ruledFromSec()) * 1_000;
    }

    @Override
    public long nextAfter(long afterMs) {
        long endMs = searchEndMs(afterMs);
        long fireMs = base.nextAfter(afterMs);
        while (fireMs <= endMs) {
            long freeMs = freeFromMs(fireMs);
            if (freeMs == fireMs) {
                return fireMs;
            }
            fireMs = freeMs == NEVER ? NEVER : base.nextAfter(freeMs - 1);
        }
        return NEVER;
    }

    /** Where a cron expression that has found nothing begins to repeat itself. A period may fit no such cycle. */
    private long searchEndMs(long afterMs) {
        return base instanceof CronFires
                ? Math.min(Math.max(afterMs, repeatsFromMs) + ERA_MS, RunId.NOMINAL_MAX_MS)
                : RunId.NOMINAL_MAX_MS;
    }

    /** The instant itself if its date is free, else where its row of excluded days or its stretch ends. */
    long freeFromMs(long ms) {
        long sec = Math.floorDiv(ms, 1_000L);
        int stretch = timeline.stretchAt(sec);
        int offset = timeline.offsetSec(stretch);
        long day = Math.floorDiv(sec + offset, DAY_SEC);
        long free = days.freeFrom(day);
        if (free == day) {
            return ms;
        }
        return free == NEVER ? NEVER : Math.min(timeline.endSec(stretch), free * DAY_SEC - offset) * 1_000;
    }

    @Override
    public long countBetween(long fromExclusiveMs, long toInclusiveMs) {
        long fromMs = Math.clamp(fromExclusiveMs, YEAR_1_MS, RunId.NOMINAL_MAX_MS);
        long toMs = Math.clamp(toInclusiveMs, YEAR_1_MS, RunId.NOMINAL_MAX_MS);
        if (fromMs >= toMs) {
            return 0;
        }
        long count = base.countBetween(fromMs, toMs);
        long startSec = Math.floorDiv(fromMs + 1, 1_000L);
        long endSec = Math.floorDiv(toMs, 1_000L) + 1;
        for (int stretch = timeline.stretchAt(startSec); startSec < endSec && count > 0; stretch++) {
            long stretchEndSec = Math.min(timeline.endSec(stretch), endSec);
            int offset = timeline.offsetSec(stretch);
            long localEnd = stretchEndSec + offset;
            long day = days.excludedFrom(Math.floorDiv(startSec + offset, DAY_SEC));
            while (day != NEVER && day * DAY_SEC < localEnd) {
                long free = days.freeFrom(day);
                long excludedFromSec = Math.max(day * DAY_SEC - offset, startSec);
                long excludedEndSec = free == NEVER ? stretchEndSec : Math.min(free * DAY_SEC - offset, stretchEndSec);
                count -= base.countBetween(
                        Math.max(fromMs, excludedFromSec * 1_000 - 1), Math.min(toMs, excludedEndSec * 1_000 - 1));
                day = free == NEVER ? NEVER : days.excludedFrom(free);
            }
            startSec = stretchEndSec;
        }
        return count;
    }
}
