package dev.kalends.server;

import dev.kalends.api.ScheduleView;
import dev.kalends.job.JobSpec;
import dev.kalends.job.Schedule;
import dev.kalends.schedule.ExcludedDaysText;
import dev.kalends.schedule.InstantText;
import dev.kalends.schedule.ScheduleWords;
import java.util.List;
import java.util.Optional;

/** Shows schedules as the API does. */
final class ScheduleViews {
    private ScheduleViews() {}

    static ScheduleView of(JobSpec spec) {
        return of(spec.schedule(), spec.hashSeed());
    }

    /** A schedule with what {@code H} is resolved by. */
    static ScheduleView of(Schedule schedule, long hashSeed) {
        String words = ScheduleWords.of(schedule, hashSeed);
        return schedule instanceof Schedule.Except except
                ? of(except.base(), Optional.of(except), words)
                : of(schedule, Optional.empty(), words);
    }

    private static ScheduleView of(Schedule schedule, Optional<Schedule.Except> except, String words) {
        List<String> days = except.map(e -> ExcludedDaysText.format(e.days())).orElse(null);
        return switch (schedule) {
            case Schedule.Once once ->
                new ScheduleView("once", InstantText.format(once.atMs()), null, null, null, null, null, null, words);
            case Schedule.Every every ->
                new ScheduleView(
                        "every",
                        null,
                        every.periodMs(),
                        InstantText.format(every.anchorMs()),
                        null,
                        except.map(e -> e.zone().getId()).orElse(null),
                        null,
                        days,
                        words);
            case Schedule.Cron cron ->
                new ScheduleView(
                        "cron",
                        null,
                        null,
                        null,
                        cron.expression(),
                        cron.zone().getId(),
                        Views.word(cron.dst()),
                        days,
                        words);
            case Schedule.Except _ -> throw new IllegalStateException("an exception has no exceptions; words=" + words);
            case Schedule.Manual _ -> new ScheduleView("manual", null, null, null, null, null, null, null, words);
        };
    }
}
