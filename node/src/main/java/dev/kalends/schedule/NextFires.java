package dev.kalends.schedule;

import dev.kalends.job.RunId;
import dev.kalends.job.Schedule;
import dev.kalends.job.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The fires to come of a schedule, explained: what people see before they trust it.
 *
 * <p>Nominal instants only: splay and pauses are not in them. Immutable; any thread may ask.
 */
public final class NextFires {
    /** Fires in one answer. */
    public static final int FIRES_MAX = 10_000;

    private static final int WARNINGS_MAX = 10;
    private static final long WARNINGS_AHEAD_MAX_MS = 365L * 86_400_000;

    private final FireTimes times;
    private final Optional<ExclusionNotes> exclusions;
    private final Optional<ClockNotes> clock;

    private NextFires(FireTimes times, Optional<ExclusionNotes> exclusions, Optional<ClockNotes> clock) {
        this.times = times;
        this.exclusions = exclusions;
        this.clock = clock;
    }

    /**
     * One fire.
     *
     * @param atMs the nominal instant, UTC milliseconds
     * @param note what a clock change has to do with it, such as {@code 01:30 happens twice; fires at the first}, and
     *     which excluded days lie before it, such as {@code skipped: 2026-12-25 is excluded}
     */
    public record Fire(long atMs, Optional<String> note) {}

    /**
     * Makes a schedule ready.
     *
     * @param hashSeed what {@code H} is resolved by
     * @throws ScheduleFormatException if it is a cron expression that cannot be read
     */
    public static NextFires of(Schedule schedule, long hashSeed) {
        FireTimes times = FireTimes.of(schedule, hashSeed);
        if (!(schedule instanceof Schedule.Except except)) {
            return new NextFires(times, Optional.empty(), clockNotes(times, DayExclusion.NONE));
        }
        FireTimes base = FireTimes.of(except.base(), hashSeed);
        DayExclusion days = new DayExclusion(except.days());
        ExceptFires fires = new ExceptFires(base, days, except.zone());
        return new NextFires(
                fires, Optional.of(new ExclusionNotes(base, fires, except.zone())), clockNotes(base, days));
    }

    private static Optional<ClockNotes> clockNotes(FireTimes times, DayExclusion days) {
        return times instanceof CronFires cron
                ? Optional.of(new ClockNotes(cron.expression(), cron.zone(), cron.dst(), days))
                : Optional.empty();
    }

    /** At most so many of the fires strictly after an instant that a window allows, given how many there were. */
    public List<Fire> after(long afterMs, Window window, long firedSoFar, int count) {
        long untilMs = window.untilMs().orElse(FireTimes.NEVER);
        long left = window.maxRuns().map(max -> max - firedSoFar).orElse(Long.MAX_VALUE);
        long fires = Math.min(left, Math.min(count, FIRES_MAX));
        List<Fire> found = new ArrayList<>();
        long previousMs = Math.max(afterMs, window.fromMs().orElse(0L) - 1);
        for (long i = 0; i < fires; i++) {
            long atMs = times.nextAfter(previousMs);
            if (atMs >= untilMs) {
                break;
            }
            found.add(new Fire(atMs, note(atMs, previousMs)));
            previousMs = atMs;
        }
        return found;
    }

    /**
     * What clock changes after an instant and before another, but at most within a year, do to the schedule: one line
     * for each change that it meets, with its date.
     */
    public List<String> warnings(long fromMs, long untilMs) {
        long from = Math.clamp(fromMs, 0, RunId.NOMINAL_MAX_MS);
        long until = Math.clamp(untilMs, from, Math.min(from + WARNINGS_AHEAD_MAX_MS, RunId.NOMINAL_MAX_MS));
        return clock.map(n -> n.between(from / 1_000, until / 1_000, WARNINGS_MAX))
                .orElse(List.of());
    }

    private Optional<String> note(long atMs, long previousMs) {
        List<String> notes = new ArrayList<>();
        exclusions.flatMap(n -> n.between(previousMs, atMs)).ifPresent(notes::add);
        clock.flatMap(n -> n.onFire(atMs / 1_000, Math.floorDiv(previousMs, 1_000L)))
                .ifPresent(notes::add);
        return notes.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", notes));
    }
}
