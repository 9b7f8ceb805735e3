package dev.kalends.schedule;

import dev.kalends.job.DstRule;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is right, by brute force: walks through real time in steps of a minute or a second, asks {@code java.time} what
 * the local clock shows, and keeps cronie's promise by remembering the latest time it has ever shown.
 *
 * <p>Written without the production code; the tests hold the two against each other.
 */
final class ClockReference {
    /** Longer than any clock change, so that the latest time shown is known when the counting starts. */
    private static final long WARM_UP_SEC = 3 * 86_400;

    private final long fromSec;
    private final int stepSec;
    private final int warmUpSteps;
    private final long[] shown;

    /** A stretch of real time in a zone: from an instant, so many steps of 1 or 60 seconds. */
    ClockReference(ZoneId zone, long fromSec, int steps, int stepSec) {
        this.fromSec = fromSec;
        this.stepSec = stepSec;
        this.warmUpSteps = (int) (WARM_UP_SEC / stepSec);
        this.shown = new long[warmUpSteps + steps];
        ZoneRules rules = zone.getRules();
        for (int i = 0; i < shown.length; i++) {
            long sec = instantOf(i);
            shown[i] = sec + rules.getOffset(Instant.ofEpochSecond(sec)).getTotalSeconds();
        }
    }

    /** The fires from the first step to the last, UTC milliseconds. */
    List<Long> fires(CronSample sample, DstRule dst) {
        Map<Long, Boolean> matchesByDay = new HashMap<>();
        List<Long> fires = new ArrayList<>();
        long latestShown = shown[0];
        for (int i = 1; i < shown.length; i++) {
            boolean fire = sample.wildcard()
                    ? matches(sample, shown[i], matchesByDay)
                    : reached(sample, latestShown, shown[i], dst, matchesByDay);
            latestShown = Math.max(latestShown, shown[i]);
            if (fire && i >= warmUpSteps) {
                fires.add(instantOf(i) * 1_000);
            }
        }
        return fires;
    }

    /** Whether a match lies after the latest time shown and not after what is shown now. */
    private boolean reached(
            CronSample sample, long latestShown, long now, DstRule dst, Map<Long, Boolean> matchesByDay) {
        long first = dst == DstRule.SKIP ? Math.max(now, latestShown + stepSec) : latestShown + stepSec;
        for (long local = first; local <= now; local += stepSec) {
            if (matches(sample, local, matchesByDay)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(CronSample sample, long localSec, Map<Long, Boolean> matchesByDay) {
        int second = (int) Math.floorMod(localSec, 86_400L);
        return sample.hours().get(second / 3_600)
                && sample.minutes().get(second / 60 % 60)
                && sample.seconds().get(second % 60)
                && matchesByDay.computeIfAbsent(
                        Math.floorDiv(localSec, 86_400L), day -> sample.days().test(LocalDate.ofEpochDay(day)));
    }

    private long instantOf(int step) {
        return fromSec + (long) (step - warmUpSteps) * stepSec;
    }
}
