package dev.kalends.server;

import dev.kalends.job.Schedule;
import dev.kalends.partition.Draft;
import dev.kalends.schedule.NextFires;
import java.util.List;

/** Finds clock changes of the next year that a new job meets, so that its sender is told in time. */
final class ClockChanges {
    private static final long YEAR_MS = 366L * 86_400_000;

    private ClockChanges() {}

    static List<String> within(Draft draft, long nowMs) {
        Schedule schedule = FirstFire.schedule(draft.when(), nowMs);
        boolean cron = schedule instanceof Schedule.Cron
                || (schedule instanceof Schedule.Except except && except.base() instanceof Schedule.Cron);
        if (!cron) {
            return List.of();
        }
        long fromMs = Math.max(nowMs, draft.window().fromMs().orElse(nowMs));
        long untilMs = Math.min(fromMs + YEAR_MS, draft.window().untilMs().orElse(Long.MAX_VALUE));
        return NextFires.of(schedule, FirstFire.seed(draft)).warnings(fromMs, untilMs);
    }
}
