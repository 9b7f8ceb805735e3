package dev.kalends.schedule;

import dev.kalends.time.CivilDate;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * One zone's clock as numbered stretches of time with one UTC offset each, in seconds since 1970 UTC.
 *
 * <p>The zone's rules for years to come repeat every 400 years as the calendar does, so a table of what is recorded
 * plus 400 years of rules covers all time. A zone's table is built at its first use (at most some 10 KiB) and kept:
 * there are about 600 zones that have changes at all.
 */
final class ZoneTimeline {
    /** Offsets lie within 18 hours of UTC, so a change can repeat or drop at most twice that. */
    static final long SHIFT_MAX_SEC = 36 * 3_600;

    private static final long OFFSET_MAX_SEC = 18 * 3_600;
    private static final long ERA_SEC = (long) CivilDate.DAYS_AN_ERA * CivilDate.SECONDS_A_DAY;
    private static final ConcurrentMap<ZoneId, ZoneTimeline> TIMELINE_BY_ZONE = new ConcurrentHashMap<>();

    private final long[] changesSec;
    private final int[] offsetsSec;
    private final int recorded;

    private ZoneTimeline(ZoneRules rules) {
        List<ZoneOffsetTransition> history = rules.getTransitions();
        recorded = history.size();
        int ruled = rules.getTransitionRules().size() * 400;
        changesSec = new long[recorded + ruled];
        offsetsSec = new int[recorded + ruled + 1];
        offsetsSec[0] = (recorded > 0 ? history.getFirst().getOffsetBefore() : rules.getOffset(Instant.EPOCH))
                .getTotalSeconds();
        for (int i = 0; i < changesSec.length; i++) {
            ZoneOffsetTransition change =
                    i < recorded ? history.get(i) : rules.nextTransition(Instant.ofEpochSecond(changesSec[i - 1]));
            changesSec[i] = change.toEpochSecond();
            offsetsSec[i + 1] = change.getOffsetAfter().getTotalSeconds();
        }
    }

    static ZoneTimeline of(ZoneId zone) {
        ZoneTimeline known = TIMELINE_BY_ZONE.get(zone);
        return known != null ? known : make(zone);
    }

    private static ZoneTimeline make(ZoneId zone) {
        ZoneRules rules = zone.getRules();
        if (rules.isFixedOffset()) {
            return new ZoneTimeline(rules); // small to make, and there are too many of them to keep
        }
        return TIMELINE_BY_ZONE.computeIfAbsent(zone, z -> new ZoneTimeline(z.getRules()));
    }

    /** The stretch that holds an instant. */
    int stretchAt(long sec) {
        int changes = changesSec.length;
        if (recorded == changes || sec < changesSec[recorded]) {
            return changesUpTo(sec);
        }
        long eras = (sec - changesSec[recorded]) / ERA_SEC;
        return changesUpTo(sec - eras * ERA_SEC) + (int) eras * (changes - recorded);
    }

    /** The first second of a stretch. */
    long startSec(int stretch) {
        return stretch == 0 ? Long.MIN_VALUE : changeSec(stretch - 1);
    }

    /** The second in which the next stretch starts; {@code Long.MAX_VALUE} for the last. */
    long endSec(int stretch) {
        return changeSec(stretch);
    }

    /** From when on the zone's changes follow rules, or there are none any more. */
    long ruledFromSec() {
        return recorded == 0 ? 0 : changesSec[recorded - 1];
    }

    /** What is added to UTC to get local time. */
    int offsetSec(int stretch) {
        if (stretch < offsetsSec.length) {
            return offsetsSec[stretch];
        }
        int ruled = changesSec.length - recorded;
        return offsetsSec[recorded + 1 + (stretch - 1 - recorded) % ruled];
    }

    /** The first instant at which the local clock shows a time or, having jumped over it, a later one. */
    long firstReaching(long localSec) {
        int stretch = stretchAt(localSec - OFFSET_MAX_SEC);
        while (true) {
            long reachedSec = Math.max(startSec(stretch), localSec - offsetSec(stretch));
            if (reachedSec < endSec(stretch)) {
                return reachedSec;
            }
            stretch++;
        }
    }

    /** The latest time the local clock has shown up to an instant, which lies in the given stretch. */
    long latestLocalUpTo(long sec, int stretch) {
        long latest = sec + offsetSec(stretch);
        for (int s = stretch; s > 0 && sec - startSec(s) < SHIFT_MAX_SEC; s--) {
            latest = Math.max(latest, startSec(s) - 1 + offsetSec(s - 1));
        }
        return latest;
    }

    private int changesUpTo(long sec) {
        int found = Arrays.binarySearch(changesSec, sec);
        return found >= 0 ? found + 1 : -found - 1;
    }

    private long changeSec(int change) {
        if (change < changesSec.length) {
            return changesSec[change];
        }
        int ruled = changesSec.length - recorded;
        if (ruled == 0) {
            return Long.MAX_VALUE;
        }
        int beyond = change - recorded;
        return changesSec[recorded + beyond % ruled] + beyond / ruled * ERA_SEC;
    }
}
