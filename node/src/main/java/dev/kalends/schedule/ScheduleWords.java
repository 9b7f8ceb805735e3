package dev.kalends.schedule;

import dev.kalends.job.DstRule;
import dev.kalends.job.ExcludedDays;
import dev.kalends.job.Schedule;
import java.util.ArrayList;
import java.util.List;

/**
 * Schedules in English, such as {@code every 15 minutes, Europe/Berlin} or {@code at 09:00 on weekdays, UTC}: what a
 * schedule says, not when it fires.
 *
 * <p>A cron expression that English would not make shorter is quoted, with those of its parts that can be said.
 */
public final class ScheduleWords {
    private static final int DAYS_NAMED_MAX = 3;

    private ScheduleWords() {}

    /** Describes a schedule whose job is not known yet: times that {@code H} chooses are not told. */
    public static String of(Schedule schedule) {
        if (schedule instanceof Schedule.Except except) {
            return of(except.base()) + exception(except);
        }
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
            case Schedule.Except except -> of(except.base(), hashSeed) + exception(except);
            case Schedule.Manual _ -> "on demand";
        };
    }

    /** Up to so many days by name, else how many; a period has no zone of its own, so it is said whose days. */
    private static String exception(Schedule.Except except) {
        ExcludedDays days = except.days();
        List<String> named = new ArrayList<>();
        List<String> yearly = new ArrayList<>();
        if (days.ranges() + days.daysAYear() <= DAYS_NAMED_MAX) {
            for (String text : ExcludedDaysText.format(days)) {
                (text.charAt(2) == '-' ? yearly : named).add(text.replace("..", " to "));
            }
        } else {
            if (days.dates() > 0) {
                named.add(count(days.dates()));
            }
            if (days.everyYear()) {
                yearly.add(count(days.daysAYear()));
            }
        }
        if (!yearly.isEmpty()) {
            named.add(CronWords.list(yearly, "and") + " of every year");
        }
        String zone = except.base() instanceof Schedule.Every ? " in " + except.zone() : "";
        return named.isEmpty() ? "" : ", except " + CronWords.list(named, "and") + zone;
    }

    private static String count(int days) {
        return days + (days == 1 ? " day" : " days");
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
