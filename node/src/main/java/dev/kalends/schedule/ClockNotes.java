package dev.kalends.schedule;

import dev.kalends.job.DstRule;
import dev.kalends.schedule.CronClock.Gap;
import dev.kalends.schedule.CronParser.ClockRule;
import dev.kalends.time.CivilDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What clock changes do to the fires of a cron expression, in words. Asks the zone's changes and not the fires, so the
 * work is bounded by the changes in between.
 *
 * <p>A wildcard job that fires in every hour goes on in real time through most changes; nothing is said then. All times
 * are whole seconds since 1970, UTC or local.
 */
final class ClockNotes {
    private static final int TIMES_SHOWN_MAX = 3;
    /** Notes on times left out before one fire: only a rare fire has more changes before it. */
    private static final int SKIPS_SHOWN_MAX = 2;

    private static final long NO_DAY = Long.MIN_VALUE;

    private final LocalPattern pattern;
    private final CronClock clock;
    private final ZoneTimeline timeline;
    private final DayExclusion silent;
    private final boolean gapsAreSkipped;
    private final boolean repeatsFire;

    /** The notes on an expression; of a change that is met on silent days only, nothing is said. */
    ClockNotes(CronExpression expression, ZoneId zone, DstRule dst, DayExclusion silent) {
        this.silent = silent;
        this.pattern = expression.parsed().pattern();
        this.clock = expression.clock(zone, dst);
        this.timeline = ZoneTimeline.of(zone);
        this.repeatsFire = expression.parsed().rule() == ClockRule.WILDCARD;
        this.gapsAreSkipped = repeatsFire || dst == DstRule.SKIP;
    }

    /** Local times, the first included and the last not. */
    private record Range(long from, long end) {
        boolean contains(long local) {
            return from <= local && local < end;
        }
    }

    /**
     * What to say about a fire.
     *
     * @param previousSec the fire before or the instant from which it was looked for: times skipped since are told
     */
    Optional<String> onFire(long fireSec, long previousSec) {
        List<String> notes = new ArrayList<>();
        int stretch = timeline.stretchAt(fireSec);
        long local = fireSec + timeline.offsetSec(stretch);
        long today = dayOf(local);
        if (gapsAreSkipped) {
            notes.addAll(skippedBetween(previousSec, stretch, today));
        } else if (fireSec == timeline.startSec(stretch)) {
            gap(stretch).ifPresent(gap -> notes.add(atGapEnd(gap, today)));
        }
        repeat(local, fireSec, stretch).ifPresent(notes::add);
        return notes.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", notes));
    }

    /** What every change after an instant and not after another does, one line each with its date, at most so many. */
    List<String> between(long fromSec, long toSec, int limit) {
        List<String> notes = new ArrayList<>();
        int last = timeline.stretchAt(toSec);
        for (int stretch = timeline.stretchAt(fromSec) + 1; stretch <= last && notes.size() < limit; stretch++) {
            gap(stretch)
                    .map(gap -> gapsAreSkipped ? missing(gap, NO_DAY) + "; skipped" : atGapEnd(gap, NO_DAY))
                    .ifPresent(notes::add);
            repeated(stretch)
                    .map(range -> times(range, NO_DAY, "happens", "happen") + " twice; "
                            + (repeatsFire ? "fires both times" : "fires at the first"))
                    .ifPresent(notes::add);
        }
        return notes;
    }

    private List<String> skippedBetween(long previousSec, int lastStretch, long today) {
        List<String> notes = new ArrayList<>();
        int more = 0;
        for (int stretch = timeline.stretchAt(previousSec) + 1; stretch <= lastStretch; stretch++) {
            Optional<Range> gap = gap(stretch);
            if (gap.isPresent() && notes.size() < SKIPS_SHOWN_MAX) {
                notes.add("skipped: " + missing(gap.get(), today));
            } else if (gap.isPresent()) {
                more++;
            }
        }
        if (more > 0) {
            notes.add("skipped at " + more + " more clock changes");
        }
        return notes;
    }

    private Optional<String> repeat(long local, long fireSec, int stretch) {
        String time = InstantText.timeOfDay((int) Math.floorMod(local, (long) CivilDate.SECONDS_A_DAY));
        if (repeatsFire
                && repeated(stretch).filter(range -> range.contains(local)).isPresent()) {
            return Optional.of(time + " for the second time");
        }
        for (int next = stretch + 1; timeline.startSec(next) <= fireSec + ZoneTimeline.SHIFT_MAX_SEC; next++) {
            if (repeated(next).filter(range -> range.contains(local)).isPresent()) {
                return Optional.of(
                        time + " happens twice; " + (repeatsFire ? "fires both times" : "fires at the first"));
            }
        }
        return Optional.empty();
    }

    /** The times that the beginning of a stretch jumps over, if the job would notice. */
    private Optional<Range> gap(int stretch) {
        Gap gap = clock.gapBefore(stretch);
        boolean lost = !gapsAreSkipped && silent.excludes(dayOf(gap.endLocal()));
        return lost ? Optional.empty() : noticed(new Range(gap.fromLocal(), gap.endLocal()));
    }

    /** The times that a stretch shows again, if the job would notice. */
    private Optional<Range> repeated(int stretch) {
        long startSec = timeline.startSec(stretch);
        if (stretch == 0) {
            return Optional.empty();
        }
        int offset = timeline.offsetSec(stretch);
        long shownUpTo = timeline.latestLocalUpTo(startSec - 1, stretch - 1) + 1;
        long endSec = timeline.endSec(stretch);
        long end = endSec == Long.MAX_VALUE ? shownUpTo : Math.min(shownUpTo, endSec + offset);
        return noticed(new Range(startSec + offset, end));
    }

    private Optional<Range> noticed(Range range) {
        long matches = pattern.countIn(range.from(), range.end());
        long afterwards = pattern.countIn(range.end(), 2 * range.end() - range.from());
        boolean goesOn = repeatsFire && pattern.everyHour() && matches == afterwards;
        boolean excluded = silent.freeFrom(dayOf(range.from())) > dayOf(range.end() - 1);
        return matches == 0 || goesOn || excluded ? Optional.empty() : Optional.of(range);
    }

    private String atGapEnd(Range gap, long today) {
        boolean endMatches = pattern.nextAtOrAfter(gap.end()) == gap.end();
        boolean several = pattern.countIn(gap.from(), gap.end()) > 1;
        String end = InstantText.timeOfDay((int) Math.floorMod(gap.end(), (long) CivilDate.SECONDS_A_DAY));
        return missing(gap, today) + "; fires " + (several && !endMatches ? "once " : "") + "at the end of the gap"
                + (endMatches ? ", once with " + end : "");
    }

    private String missing(Range gap, long today) {
        return times(gap, today, "does not exist", "do not exist");
    }

    /** The matches in a range and their verb; a date where it is not the one before. */
    private String times(Range range, long today, String verbOfOne, String verbOfMany) {
        long count = pattern.countIn(range.from(), range.end());
        List<String> shown = new ArrayList<>();
        long day = today;
        long local = pattern.nextAtOrAfter(range.from());
        // "and 1 more" would be no shorter than the time itself.
        long listed = count <= TIMES_SHOWN_MAX ? count : TIMES_SHOWN_MAX - 1;
        for (int i = 0; i < listed; i++) {
            String text = InstantText.utc(local * 1_000);
            shown.add(dayOf(local) == day ? text.substring(text.indexOf(' ') + 1) : text);
            day = dayOf(local);
            local = pattern.nextAtOrAfter(local + 1);
        }
        if (listed < count) {
            shown.add(count - listed + " more");
        }
        return CronWords.list(shown, "and") + " " + (count == 1 ? verbOfOne : verbOfMany);
    }

    private static long dayOf(long local) {
        return Math.floorDiv(local, (long) CivilDate.SECONDS_A_DAY);
    }
}
