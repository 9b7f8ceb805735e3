package dev.kalends.verdict;

import dev.kalends.job.JobSpec;
import dev.kalends.job.Schedule;
import dev.kalends.job.Window;
import dev.kalends.schedule.FireTimes;
import java.util.OptionalLong;

/** The nominal instants of one generation around an instant, within its window. */
public final class Neighbours {
    private static final long DAY_MS = 86_400_000L;

    private final FireTimes times;
    private final long fromMs;
    private final long untilMs;

    public Neighbours(JobSpec spec) {
        Window window = spec.window();
        boolean once = spec.schedule() instanceof Schedule.Once;
        this.times = FireTimes.of(spec.schedule(), spec.hashSeed());
        // A one-off may be handed in late; what repeats begins after its acceptance.
        this.fromMs = once ? 0 : Math.max(spec.acceptedMs() + 1, window.fromMs().orElse(0L));
        this.untilMs = window.untilMs().orElse(FireTimes.NEVER);
    }

    /** Whether an instant is one. */
    public boolean isFire(long atMs) {
        return atMs >= fromMs && atMs < untilMs && times.nextAfter(atMs - 1) == atMs;
    }

    /** How many lie at or after an instant and before another. */
    long between(long fromIncludedMs, long untilExcludedMs) {
        return times.countBetween(fromIncludedMs - 1, untilExcludedMs - 1);
    }

    /** The first one after an instant. */
    public OptionalLong after(long atMs) {
        long next = times.nextAfter(Math.max(atMs, fromMs - 1));
        return next < untilMs ? OptionalLong.of(next) : OptionalLong.empty();
    }

    /** The last one before an instant: looked for in stretches that double, then by halves. */
    public OptionalLong before(long atMs) {
        long end = Math.min(atMs, untilMs);
        if (end <= fromMs || times.countBetween(fromMs - 1, end - 1) == 0) {
            return OptionalLong.empty();
        }
        long low = end - 1;
        for (long span = DAY_MS; times.countBetween(low, end - 1) == 0; span *= 2) {
            low = Math.max(fromMs - 1, low - span);
        }
        long high = end - 1;
        while (high - low > 1) {
            long middle = low + (high - low) / 2;
            if (times.countBetween(middle, end - 1) > 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return OptionalLong.of(high);
    }
}
