package dev.kalends.partition;

import dev.kalends.job.Hash;
import dev.kalends.job.JobSpec;
import dev.kalends.job.JobState.NextFire;
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
        return Optional.of(new NextFire(nominalMs, dueMs(spec, nominalMs)));
    }

    /** A one-off's only fire. */
    NextFire once(JobSpec spec, Schedule.Once once) {
        return new NextFire(once.atMs(), dueMs(spec, once.atMs()));
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

    private static long dueMs(JobSpec spec, long nominalMs) {
        long splayMs = spec.window().splayMs();
        long moved = splayMs == 0 ? 0 : Math.floorMod(Hash.mix(spec.hashSeed(), 1), splayMs + 1);
        return Math.max(nominalMs + moved, spec.acceptedMs());
    }

    private FireTimes times(JobSpec spec) {
        return switch (spec.schedule()) {
            case Schedule.Cron cron ->
                timesByKey.computeIfAbsent(
                        new Key(cron, spec.hashSeed()), key -> FireTimes.of(key.schedule(), key.seed()));
            case Schedule.Once _, Schedule.Every _, Schedule.Manual _ -> FireTimes.of(spec.schedule(), 0);
        };
    }
}
