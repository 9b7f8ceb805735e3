package dev.kalends.partition;

import dev.kalends.job.JobSpec;
import dev.kalends.job.JobState.NextFire;
import dev.kalends.job.RunId;
import dev.kalends.job.RunKind;
import dev.kalends.job.Schedule;
import dev.kalends.schedule.FireTimes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Says when a job fires: its schedule within its window, moved by its splay. Pure; keeps the last read expressions.
 * Owned by one partition's thread.
 */
final class FirePlan {
    private static final int EXPRESSIONS_KEPT = 4096;

    private record Key(Schedule schedule, long seed) {}

    private final Map<Key, FireTimes> timesByKey = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, FireTimes> eldest) {
            return size() > EXPRESSIONS_KEPT;
        }
    };

    /** The first fire whose nominal instant is strictly after one, within the window. */
    Optional<NextFire> next(JobSpec spec, long afterNominalMs, long firedSoFar) {
        if (spec.window().maxRuns().isPresent()
                && firedSoFar >= spec.window().maxRuns().get()) {
            return Optional.empty();
        }
        long after = Math.max(
                afterNominalMs, spec.window().fromMs().map(from -> from - 1).orElse(-1L));
        long nominalMs = times(spec).nextAfter(after);
        if (nominalMs == FireTimes.NEVER || nominalMs >= spec.window().untilMs().orElse(Long.MAX_VALUE)) {
            return Optional.empty();
        }
        return Optional.of(fire(spec, nominalMs));
    }

    /** The fire of a nominal instant. */
    NextFire fire(JobSpec spec, long nominalMs) {
        return new NextFire(nominalMs, spec.dueMs(nominalMs));
    }

    /** How many nominal instants lie after one and not after another, within the window. */
    long countBetween(JobSpec spec, long afterNominalMs, long throughMs, long firedSoFar) {
        long from = Math.max(
                afterNominalMs, spec.window().fromMs().map(at -> at - 1).orElse(-1L));
        long to = Math.min(throughMs, spec.window().untilMs().map(at -> at - 1).orElse(Long.MAX_VALUE));
        long count = times(spec).countBetween(from, to);
        return spec.window()
                .maxRuns()
                .map(most -> Math.clamp(most - firedSoFar, 0L, count))
                .orElse(count);
    }

    /** The n-th nominal instant after one, from 1; it must exist at or before {@code throughMs}. */
    long nth(JobSpec spec, long afterNominalMs, long n, long throughMs) {
        FireTimes times = times(spec);
        long from = Math.max(
                afterNominalMs, spec.window().fromMs().map(at -> at - 1).orElse(-1L));
        long low = from;
        long high = throughMs;
        while (high - low > 1) {
            long middle = low + (high - low) / 2;
            if (times.countBetween(from, middle) >= n) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return high;
    }

    /** The last instant at which a run may start for the first time; {@link Long#MAX_VALUE} without a deadline. */
    long lastStartMs(JobSpec spec, RunId run, long dueMs) {
        if (spec.policy().deadlineMs().isEmpty()) {
            return Long.MAX_VALUE;
        }
        long counted = run.kind() == RunKind.SCHEDULED ? run.nominalMs() + spec.movedMs() : dueMs;
        return counted + spec.policy().deadlineMs().get();
    }

    /** A one-off's only fire. */
    NextFire once(JobSpec spec, Schedule.Once once) {
        return fire(spec, once.atMs());
    }

    /** Whether no nominal instant lies strictly between two. */
    boolean adjacent(JobSpec spec, long earlierMs, long laterMs) {
        return times(spec).nextAfter(earlierMs) == laterMs;
    }

    /** The length of the period that begins at a nominal instant; {@link Long#MAX_VALUE} when it is the last one. */
    long periodMs(JobSpec spec, long nominalMs) {
        long following = times(spec).nextAfter(nominalMs);
        return following == FireTimes.NEVER ? Long.MAX_VALUE : following - nominalMs;
    }

    private FireTimes times(JobSpec spec) {
        return switch (spec.schedule()) {
            case Schedule.Cron _, Schedule.Except _ ->
                timesByKey.computeIfAbsent(
                        new Key(spec.schedule(), spec.hashSeed()), key -> FireTimes.of(key.schedule(), key.seed()));
            case Schedule.Once _, Schedule.Every _, Schedule.Manual _ -> FireTimes.of(spec.schedule(), 0);
        };
    }
}
