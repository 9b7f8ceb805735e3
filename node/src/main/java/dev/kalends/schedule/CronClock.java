package dev.kalends.schedule;

import dev.kalends.job.DstRule;
import dev.kalends.schedule.CronParser.ClockRule;

/**
 * A local pattern on a real clock: which instants it fires at, whatever the clock does.
 *
 * <p>cronie knows two kinds of job. A <em>wildcard</em> job fires whenever the local clock shows a match: in an overlap
 * twice, in a gap not at all. A <em>fixed-time</em> job fires once for each matching local time, at the first instant
 * at which the clock has reached it: {@code fire(t) = min { r : local(r) >= t }}. In a gap that is the gap's end, in an
 * overlap the first of the two, and since {@code fire} never falls as t rises, the time after an instant is the first
 * match later than the <em>latest time the clock has ever shown</em> up to then, which is why a question asked from
 * inside the overlap has the same answer as before it. Matches that fall on one instant are one fire.
 *
 * <p>cronie itself gives up on jumps of more than three hours; here a gap of a whole day (Apia, 2011) is a gap too.
 *
 * <p>All times here are whole seconds since 1970, UTC or local.
 */
final class CronClock {
    private final LocalPattern pattern;
    private final ClockRule rule;
    private final ZoneTimeline timeline;
    private final DstRule dst;

    CronClock(LocalPattern pattern, ClockRule rule, ZoneTimeline timeline, DstRule dst) {
        this.pattern = pattern;
        this.rule = rule;
        this.timeline = timeline;
        this.dst = dst;
    }

    /** The first fire strictly after an instant, or {@link FireTimes#NEVER}. */
    long nextAfter(long afterSec) {
        return switch (rule) {
            case WILDCARD -> nextWildcard(afterSec);
            case FIXED_TIME -> nextFixedTime(afterSec);
        };
    }

    /** How many fires lie after the first instant and not after the second. */
    long countBetween(long fromSec, long toSec) {
        return switch (rule) {
            case WILDCARD -> countWildcard(fromSec, toSec);
            case FIXED_TIME -> countFixedTime(fromSec, toSec);
        };
    }

    private long nextWildcard(long afterSec) {
        int stretch = timeline.stretchAt(afterSec);
        long local = pattern.nextAtOrAfter(afterSec + 1 + timeline.offsetSec(stretch));
        while (local != FireTimes.NEVER) {
            long fireSec = local - timeline.offsetSec(stretch);
            if (fireSec < timeline.endSec(stretch)) {
                return fireSec;
            }
            stretch++;
            long startSec = timeline.startSec(stretch);
            long startLocal = startSec + timeline.offsetSec(stretch);
            // Later than any overlap with what has been searched, nothing but a gap can change what was found.
            if (startLocal > local || startSec - afterSec <= ZoneTimeline.SHIFT_MAX_SEC) {
                local = pattern.nextAtOrAfter(startLocal);
            }
        }
        return FireTimes.NEVER;
    }

    private long nextFixedTime(long afterSec) {
        int stretch = timeline.stretchAt(afterSec);
        long local = pattern.nextAtOrAfter(timeline.latestLocalUpTo(afterSec, stretch) + 1);
        while (local != FireTimes.NEVER) {
            long direct = local - timeline.offsetSec(stretch);
            if (direct < timeline.endSec(stretch)) {
                return direct;
            }
            long fireSec = timeline.firstReaching(local);
            long shown = localAt(fireSec);
            if (shown == local || dst == DstRule.CRON) {
                return fireSec;
            }
            local = pattern.nextAtOrAfter(shown);
        }
        return FireTimes.NEVER;
    }

    private long countWildcard(long fromSec, long toSec) {
        long count = 0;
        long start = fromSec + 1;
        for (int stretch = timeline.stretchAt(start); start <= toSec; stretch++) {
            long end = Math.min(timeline.endSec(stretch), toSec + 1);
            int offset = timeline.offsetSec(stretch);
            count += pattern.countIn(start + offset, end + offset);
            start = end;
        }
        return count;
    }

    /** Every local time reached, less those that share the end of a gap. */
    private long countFixedTime(long fromSec, long toSec) {
        int first = timeline.stretchAt(fromSec);
        int last = timeline.stretchAt(toSec);
        long fromLocal = timeline.latestLocalUpTo(fromSec, first) + 1;
        long count = pattern.countIn(fromLocal, timeline.latestLocalUpTo(toSec, last) + 1);
        for (int stretch = first + 1; stretch <= last; stretch++) {
            Gap gap = gapBefore(stretch);
            long missing = pattern.countIn(gap.fromLocal(), gap.endLocal());
            if (missing > 0) {
                boolean endsOnFire = pattern.nextAtOrAfter(gap.endLocal()) == gap.endLocal();
                count -= dst == DstRule.SKIP || endsOnFire ? missing : missing - 1;
            }
        }
        return count;
    }

    /**
     * The local times, the first included and the last not, that the clock jumps over when a stretch begins and has
     * never shown before; empty (first not before last) when it is set back or shows nothing new.
     */
    record Gap(long fromLocal, long endLocal) {}

    Gap gapBefore(int stretch) {
        long startSec = timeline.startSec(stretch);
        return new Gap(timeline.latestLocalUpTo(startSec - 1, stretch - 1) + 1, startSec + timeline.offsetSec(stretch));
    }

    private long localAt(long sec) {
        return sec + timeline.offsetSec(timeline.stretchAt(sec));
    }
}
