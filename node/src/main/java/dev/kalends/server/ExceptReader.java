package dev.kalends.server;

import dev.kalends.job.ExcludedDays;
import dev.kalends.job.Schedule;
import dev.kalends.partition.Draft;
import dev.kalends.schedule.ExcludedDaysText;
import dev.kalends.schedule.FireTimes;
import dev.kalends.schedule.ScheduleFormatException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the days on which a job does not run, and refuses or warns of what nobody can have meant. */
final class ExceptReader {
    private ExceptReader() {}

    /** The days of a request, empty when it names none. */
    static Optional<ExcludedDays> days(@Nullable List<String> except) {
        if (except == null || except.isEmpty()) {
            return Optional.empty();
        }
        Field.allPresent("except", except);
        try {
            return Optional.of(ExcludedDaysText.parse(except));
        } catch (ScheduleFormatException e) {
            throw Field.named("except", e);
        }
    }

    /** Says it when all days are over, as those of a calendar of last year are. */
    static Optional<String> warning(ExcludedDays days, ZoneId zone, long nowMs) {
        long today = Instant.ofEpochMilli(nowMs).atZone(zone).toLocalDate().toEpochDay();
        boolean over = !days.everyYear() && days.through(days.ranges() - 1) < today;
        return over
                ? Optional.of("except: all these days are over; the last is "
                        + ExcludedDaysText.format(days).getLast())
                : Optional.empty();
    }

    /** Refuses a schedule that would fire, but never on a day that is left to it. */
    static void refuseIfNothingIsLeft(Draft draft, long nowMs) {
        long seed = FirstFire.seed(draft);
        if (FirstFire.schedule(draft.when(), nowMs) instanceof Schedule.Except except
                && FireTimes.of(except, seed).nextAfter(nowMs) == FireTimes.NEVER
                && FireTimes.of(except.base(), seed).nextAfter(nowMs) != FireTimes.NEVER) {
            throw Field.invalid("every fire to come lies on an excluded day; except="
                    + Texts.excerpt(String.join(",", ExcludedDaysText.format(except.days()))));
        }
    }
}
