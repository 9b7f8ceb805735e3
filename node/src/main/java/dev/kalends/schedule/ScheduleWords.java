package dev.kalends.schedule;

import dev.kalends.job.DstRule;
import dev.kalends.job.Schedule;

/**
 * Schedules in English, such as {@code every 15 minutes, Europe/Berlin} or {@code at 09:00 on weekdays, UTC}: what a
 * schedule says, not when it fires.
 *
 * <p>A cron expression that English would not make shorter is quoted, with those of its parts that can be said.
 */
public final class ScheduleWords {
    private ScheduleWords() {}

    /** Describes a schedule whose job is not known yet: times that {@code H} chooses are not told. */
    public static String of(Schedule schedule) {
        return schedule instanceof Schedule.Cron cron && CronWords.isHashed(cron.expression())
                ? "at times chosen by \"" + cron.expression() + "\"" + place(cron)
                : of(schedule, 0);
    }

    /**
     * Describes a schedule.
     *
     * @param hashSeed what {@code H} is resolved by
     * @throws ScheduleFormatException if it is a cron expression that cannot be read
     */
    public static String of(Schedule schedule, long hashSeed) {
        return switch (schedule) {
            case Schedule.Once once -> "once at " + InstantText.utc(once.atMs()) + " UTC";
            case Schedule.Every every -> "every " + period(every.periodMs());
            case Schedule.Cron cron -> CronWords.of(CronExpression.parse(cron.expression(), hashSeed)) + place(cron);
            case Schedule.Manual _ -> "on demand";
        };
    }

    private static String place(Schedule.Cron cron) {
        return ", " + cron.zone() + (cron.dst() == DstRule.SKIP ? ", skipping times that do not exist" : "");
    }

    private static String period(long ms) {
        String text = DurationText.format(ms);
        int unitAt = 0;
        while (Character.isDigit(text.charAt(unitAt))) {
            unitAt++;
        }
        String count = text.substring(0, unitAt);
        String many = count.equals("1") ? "" : "s";
        String number = count.equals("1") ? "" : count + " ";
        return switch (text.substring(unitAt)) {
            case "w" -> number + "week" + many;
            case "d" -> number + "day" + many;
            case "h" -> number + "hour" + many;
            case "m" -> number + "minute" + many;
            case "s" -> count.equals("1") ? "second" : number + "s";
            case "ms" -> count + " ms";
            default -> text;
        };
    }
}
