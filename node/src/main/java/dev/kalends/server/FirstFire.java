package dev.kalends.server;

import dev.kalends.job.Hash;
import dev.kalends.job.Schedule;
import dev.kalends.partition.Draft;
import dev.kalends.partition.Draft.When;
import dev.kalends.schedule.FireTimes;
import dev.kalends.schedule.InstantText;
import org.jspecify.annotations.Nullable;

/** Says when a draft would fire first if it were accepted now; its splay is not known before it has an id. */
final class FirstFire {
    private FirstFire() {}

    /** The schedule as it would be accepted now. */
    static Schedule schedule(When when, long nowMs) {
        return switch (when) {
            case When.Fixed fixed -> fixed.schedule();
            case When.In in -> new Schedule.Once(nowMs + in.delayMs());
            case When.EveryFromNow every -> new Schedule.Every(every.periodMs(), nowMs);
            case When.ExceptFromNow except ->
                new Schedule.Except(new Schedule.Every(except.periodMs(), nowMs), except.days(), except.zone());
        };
    }

    /** The seed that its {@code H} fields will have; a job without a name gets one only with its id. */
    static long seed(Draft draft) {
        return Hash.of(draft.name().tenant(), draft.name().name().orElse(""));
    }

    /** RFC 3339; null for a job without a time, or whose schedule never fires after now. */
    static @Nullable String textOf(Draft draft, long nowMs) {
        Schedule schedule = schedule(draft.when(), nowMs);
        if (schedule instanceof Schedule.Once once) {
            return InstantText.format(Math.max(once.atMs(), nowMs));
        }
        long afterMs =
                Math.max(nowMs, draft.window().fromMs().map(from -> from - 1).orElse(nowMs));
        long fireMs = FireTimes.of(schedule, seed(draft)).nextAfter(afterMs);
        boolean fires =
                fireMs != FireTimes.NEVER && fireMs < draft.window().untilMs().orElse(FireTimes.NEVER);
        return fires ? InstantText.format(fireMs) : null;
    }
}
