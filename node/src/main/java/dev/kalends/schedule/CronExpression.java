package dev.kalends.schedule;

import dev.kalends.job.DstRule;
import dev.kalends.job.RunId;
import dev.kalends.schedule.CronParser.Parsed;
import java.time.ZoneId;

/**
 * A cron expression, read once and asked often.
 *
 * <p>Five fields (minute, hour, day of month, month, day of week), six with seconds first, or {@code @hourly},
 * {@code @daily}, {@code @midnight}, {@code @weekly}, {@code @monthly}, {@code @yearly}, {@code @annually}. Fields hold
 * {@code *}, values, ranges, steps, lists and three-letter names in any case; days also {@code ?}, {@code L},
 * {@code L-3}, {@code LW}, {@code 15W}, {@code friL}, {@code mon#2}; each field {@code H}, {@code H/15},
 * {@code H(0-29)} or {@code H(0-29)/10}, a value chosen once by the seed. 0 and 7 are Sunday. A range may run past the
 * end of its field: {@code fri-mon}, {@code 22-5}. {@code 5/10} means from 5 to the end in steps of 10.
 *
 * <p>As in cronie, a day must match both day fields if one of them starts with {@code *} (or is {@code ?}), otherwise
 * either. Clock changes: see {@link CronClock}. Immutable; any thread may ask.
 */
public final class CronExpression {
    /** Year 1: the earliest instant from which a question is answered exactly. */
    private static final long EARLIEST_MS = -62_135_596_800_000L;

    private final String text;
    private final Parsed parsed;

    private CronExpression(String text, Parsed parsed) {
        this.text = text;
        this.parsed = parsed;
    }

    /**
     * Reads an expression of at most 1 KiB.
     *
     * @param hashSeed what {@code H} is resolved by: the same seed gives the same times, in every version
     * @throws ScheduleFormatException if it cannot be read; the message names field, position and text
     */
    public static CronExpression parse(String text, long hashSeed) {
        return new CronExpression(text, CronParser.parse(text, hashSeed));
    }

    /** The text as typed. */
    public String text() {
        return text;
    }

    /** Whether no date can ever match, such as 30 February. */
    public boolean neverFires() {
        return parsed.pattern().neverMatches();
    }

    /**
     * The first fire strictly after an instant.
     *
     * @return UTC milliseconds, or {@link FireTimes#NEVER} if none comes before the year 10000
     */
    public long nextAfter(long afterMs, ZoneId zone, DstRule dst) {
        long fireSec = clock(zone, dst).nextAfter(boundedSec(afterMs));
        return fireSec > RunId.NOMINAL_MAX_MS / 1_000 ? FireTimes.NEVER : fireSec * 1_000;
    }

    /** How many fires lie after the first instant and not after the second; counts by months, not by fires. */
    public long countBetween(long fromExclusiveMs, long toInclusiveMs, ZoneId zone, DstRule dst) {
        long fromSec = boundedSec(fromExclusiveMs);
        long toSec = boundedSec(toInclusiveMs);
        return fromSec >= toSec ? 0 : clock(zone, dst).countBetween(fromSec, toSec);
    }

    Parsed parsed() {
        return parsed;
    }

    @Override
    public String toString() {
        return text;
    }

    /** The expression on a zone's clock. */
    CronClock clock(ZoneId zone, DstRule dst) {
        return new CronClock(parsed.pattern(), parsed.rule(), ZoneTimeline.of(zone), dst);
    }

    private static long boundedSec(long ms) {
        return Math.floorDiv(Math.clamp(ms, EARLIEST_MS, RunId.NOMINAL_MAX_MS), 1_000L);
    }
}
