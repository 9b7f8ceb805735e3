package dev.kalends.job;

import java.time.ZoneId;

/** When a job runs. Evaluated by package {@code schedule}; here it is data. */
public sealed interface Schedule {
    /** Runs once, at an instant. */
    record Once(long atMs) implements Schedule {}

    /** Runs at {@code anchorMs + n * periodMs} for n = 1, 2, 3…; never drifts. */
    record Every(long periodMs, long anchorMs) implements Schedule {
        public Every {
            if (periodMs < 1) {
                throw new IllegalArgumentException("a period is at least 1 ms; periodMs=" + periodMs);
            }
        }
    }

    /** Runs when a cron expression says so in a zone; the text is kept as typed. */
    record Cron(String expression, ZoneId zone, DstRule dst) implements Schedule {}

    /** Runs only when triggered. */
    record Manual() implements Schedule {}

    /**
     * Runs as another schedule does, but not on certain days.
     *
     * @param base {@link Every} or {@link Cron}
     * @param zone whose local date of a fire counts
     */
    record Except(Schedule base, ExcludedDays days, ZoneId zone) implements Schedule {
        public Except {
            if (!(base instanceof Every || base instanceof Cron)) {
                throw new IllegalArgumentException("only what recurs has days to leave out; base=" + base);
            }
        }
    }

    /** Whether it has more than one nominal instant, or none of its own: its home slot is then day 0. */
    default boolean repeats() {
        return !(this instanceof Once);
    }
}
