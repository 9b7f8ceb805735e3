package dev.kalends.schedule;

import dev.kalends.job.Schedule;

/**
 * A schedule made ready to be asked when it fires: the one door through which the core evaluates schedules.
 *
 * <p>Immutable, safe for every thread, and a pure function: the same question always has the same answer.
 */
public interface FireTimes {
    /**
     * The answer "no fire comes any more". It is later than every instant, so that comparing needs no special case; do
     * not add to it.
     */
    long NEVER = Long.MAX_VALUE;

    /** The first fire strictly after an instant, UTC milliseconds, or {@link #NEVER}. */
    long nextAfter(long afterMs);

    /** How many fires lie after the first instant and not after the second; 0 when they are in the wrong order. */
    long countBetween(long fromExclusiveMs, long toInclusiveMs);

    /**
     * Makes a schedule ready.
     *
     * @param hashSeed what {@code H} in a cron expression is resolved by; must stay the same for the life of the job
     * @throws ScheduleFormatException if it is a cron expression that cannot be read
     */
    static FireTimes of(Schedule schedule, long hashSeed) {
        return switch (schedule) {
            case Schedule.Once once -> new OnceFires(once.atMs());
            case Schedule.Every every -> new EveryFires(every.periodMs(), every.anchorMs());
            case Schedule.Cron cron ->
                new CronFires(CronExpression.parse(cron.expression(), hashSeed), cron.zone(), cron.dst());
            case Schedule.Except except ->
                new ExceptFires(of(except.base(), hashSeed), new DayExclusion(except.days()), except.zone());
            case Schedule.Manual _ -> new OnceFires(NEVER);
        };
    }
}
