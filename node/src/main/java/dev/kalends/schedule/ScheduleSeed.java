package dev.kalends.schedule;

import dev.kalends.job.Schedule;

/** Whether two jobs with the same schedule fire at the same instants, or each by a seed of its own. */
public final class ScheduleSeed {
    private ScheduleSeed() {}

    /** Whether a schedule holds {@code H}. */
    public static boolean matters(Schedule schedule) {
        return switch (schedule) {
            case Schedule.Cron cron -> CronWords.isHashed(cron.expression());
            case Schedule.Except except -> matters(except.base());
            case Schedule.Once _, Schedule.Every _, Schedule.Manual _ -> false;
        };
    }
}
