package dev.kalends.forecast;

import dev.kalends.job.JobPhase;
import dev.kalends.job.JobPlan;
import dev.kalends.job.JobState;
import dev.kalends.job.Schedule;
import dev.kalends.job.Window;
import dev.kalends.journal.Buckets;
import dev.kalends.journal.StoreReader;
import dev.kalends.schedule.FireTimes;
import dev.kalends.schedule.ScheduleSeed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Counts the fires to come of many jobs.
 *
 * <p>Jobs that fire at the same instants are one {@link Source}, evaluated once: all of one cron expression, zone and
 * splay, and all of one period. What is peculiar to a job (an {@code H} of its own, an end, a number of runs) is
 * evaluated for it alone. Fires are counted where they come due, whatever overlap or a pause to come will make of them.
 * Not thread-safe.
 */
public final class Forecast {
    /** Numbers that sources may keep; jobs of further schedules are evaluated one by one and named in no wall. */
    private static final long KEPT_MAX = 4_000_000;

    private static final int KINDS_MAX = 100_000;

    private record GroupKey(Schedule schedule, long splayMs) {}

    /**
     * How the jobs of a schedule are evaluated.
     *
     * @param hashed whether each job fires at times of its own
     * @param group those that fire together; empty when there are too many schedules to remember
     */
    private record Kind(boolean hashed, Optional<ScheduleGroup> group) {
        static final Kind HASHED = new Kind(true, Optional.empty());
        static final Kind MANY = new Kind(false, Optional.empty());
    }

    private record PeriodKey(long periodMs, long splayMs) {}

    private final Buckets buckets;
    private final long[] single;
    private final long[] once;
    private final Map<GroupKey, Kind> kinds = new HashMap<>();
    private final Map<PeriodKey, PeriodGroup> periods = new HashMap<>();
    private long kept;
    private long repeatingJobs;
    private long pausedJobs;
    private long estimated;

    public Forecast(Buckets buckets) {
        this.buckets = buckets;
        this.single = new long[buckets.count()];
        this.once = new long[buckets.count()];
    }

    /** Adds a job by what is known of it. */
    public void add(JobPlan plan, Optional<JobState> state) {
        if (state.filter(known -> known.phase() == JobPhase.PAUSED).isPresent()) {
            pausedJobs++;
        } else if (state.isPresent() && state.get().next().isPresent()) {
            JobState.NextFire next = state.get().next().get();
            if (plan.schedule() instanceof Schedule.Once) {
                addOnce(next.dueMs());
            } else {
                repeatingJobs++;
                addRepeating(plan, next.nominalMs(), state.get().fired());
            }
        }
    }

    /** Adds one fire of a one-off. */
    public void addOnce(long dueMs) {
        int bucket = buckets.of(dueMs);
        if (bucket >= 0) {
            once[bucket]++;
        }
    }

    /** Adds one-offs that were counted elsewhere by the same buckets. */
    public void addWaiting(StoreReader.Waiting waiting) {
        for (int i = 0; i < once.length; i++) {
            once[i] += waiting.counts()[i];
        }
        estimated += waiting.estimated();
    }

    /** What was counted so far. */
    public Outlook outlook() {
        List<Source> sources = new ArrayList<>();
        kinds.values().forEach(kind -> kind.group().ifPresent(sources::add));
        sources.addAll(periods.values());
        long[] repeating = single.clone();
        sources.forEach(source -> source.addTo(repeating));
        long[] all = repeating.clone();
        for (int i = 0; i < all.length; i++) {
            all[i] += once[i];
        }
        return new Outlook(
                buckets,
                repeating,
                once.clone(),
                estimated,
                repeatingJobs,
                pausedJobs,
                new Walls(buckets, all, sources).find());
    }

    private void addRepeating(JobPlan plan, long nextMs, long fired) {
        long movedMs = plan.movedMs();
        Window window = plan.window();
        long untilMs = Math.min(buckets.untilMs() - movedMs, window.untilMs().orElse(Long.MAX_VALUE));
        boolean endless = window.maxRuns().isEmpty() && untilMs == buckets.untilMs() - movedMs;
        if (plan.schedule() instanceof Schedule.Every every) {
            Optional<PeriodGroup> period = endless ? period(every, window.splayMs()) : Optional.empty();
            FireTimes times = FireTimes.of(every, 0);
            if (period.isPresent()) {
                long firstMs = times.nextAfter(Math.max(nextMs, buckets.fromMs() - movedMs) - 1);
                period.get().add(firstMs == FireTimes.NEVER ? buckets.untilMs() : firstMs + movedMs);
                return;
            }
            alone(times, new Stretch(nextMs, untilMs, left(window, fired), movedMs));
            return;
        }
        Stretch stretch = new Stretch(nextMs, untilMs, left(window, fired), movedMs);
        Kind kind = kind(plan.schedule(), window.splayMs());
        if (kind.hashed()) {
            alone(FireTimes.of(plan.schedule(), plan.hashSeed()), stretch);
        } else if (kind.group().isEmpty()) {
            alone(FireTimes.of(plan.schedule(), 0), stretch);
        } else if (endless) {
            kind.group().get().add(nextMs, movedMs);
        } else {
            alone(kind.group().get().times(), stretch);
        }
    }

    private static long left(Window window, long fired) {
        return window.maxRuns().map(max -> Math.max(0, max - fired)).orElse(Long.MAX_VALUE);
    }

    private Kind kind(Schedule schedule, long splayMs) {
        GroupKey key = new GroupKey(schedule, splayMs);
        Kind known = kinds.get(key);
        if (known != null) {
            return known;
        }
        boolean hashed = ScheduleSeed.matters(schedule);
        Kind made = hashed ? Kind.HASHED : Kind.MANY;
        if (!hashed && kept < KEPT_MAX) {
            Optional<ScheduleGroup> group =
                    ScheduleGroup.of(schedule, splayMs, buckets).filter(one -> kept + one.size() <= KEPT_MAX);
            kept += group.map(ScheduleGroup::size).orElse(0L);
            made = new Kind(false, group);
        }
        if (kinds.size() < KINDS_MAX) {
            kinds.put(key, made);
        }
        return made;
    }

    private Optional<PeriodGroup> period(Schedule.Every every, long splayMs) {
        PeriodKey key = new PeriodKey(every.periodMs(), splayMs);
        PeriodGroup known = periods.get(key);
        if (known != null) {
            return Optional.of(known);
        }
        if (!PeriodGroup.fits(every.periodMs(), buckets) || kept + 2L * buckets.count() > KEPT_MAX) {
            return Optional.empty();
        }
        PeriodGroup made = new PeriodGroup(every, splayMs, buckets);
        kept += 2L * buckets.count();
        periods.put(key, made);
        return Optional.of(made);
    }

    /**
     * Which fires of a job to count.
     *
     * @param nextMs the first nominal instant that is not decided yet
     * @param untilMs no nominal instant from here on
     * @param left how many at most, from the first one
     */
    private record Stretch(long nextMs, long untilMs, long left, long movedMs) {}

    private void alone(FireTimes times, Stretch stretch) {
        long fromMs = Math.max(stretch.nextMs(), buckets.fromMs() - stretch.movedMs());
        long count = times.countBetween(fromMs - 1, stretch.untilMs() - 1);
        long left = stretch.left();
        if (left != Long.MAX_VALUE && fromMs > stretch.nextMs()) {
            left -= times.countBetween(stretch.nextMs() - 1, fromMs - 1);
        }
        if (count > buckets.count() && left >= count) {
            byBuckets(times, fromMs, stretch);
            return;
        }
        long atMs = fromMs - 1;
        for (long i = Math.min(count, left); i > 0; i--) {
            atMs = times.nextAfter(atMs);
            int bucket = buckets.of(atMs + stretch.movedMs());
            if (bucket >= 0) {
                single[bucket]++;
            }
        }
    }

    private void byBuckets(FireTimes times, long fromMs, Stretch stretch) {
        for (int i = 0; i < single.length; i++) {
            long startMs = Math.max(fromMs, buckets.startMs(i) - stretch.movedMs());
            long endMs = Math.min(stretch.untilMs(), buckets.startMs(i + 1) - stretch.movedMs());
            single[i] += times.countBetween(startMs - 1, endMs - 1);
        }
    }
}
