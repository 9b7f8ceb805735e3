package dev.kalends.partition;

import dev.kalends.job.JobSpec;
import dev.kalends.job.Limit;
import dev.kalends.job.RunId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Counts the leased runs under each limit key; in memory, made again from the leased runs. */
final class LimitBook {
    /** A key of a tenant. */
    record Key(String tenant, String key) {}

    private final Map<Key, Integer> runningByKey = new HashMap<>();
    private final Map<RunId, List<Key>> keysByRun = new HashMap<>();

    static List<Limit> limits(JobSpec spec) {
        List<String> texts = spec.policy().limits();
        return texts.isEmpty()
                ? List.of()
                : texts.stream().flatMap(text -> Limit.parse(text).stream()).toList();
    }

    /** The first limit of a job that is used up. */
    Optional<Limit> usedUp(JobSpec spec) {
        return limits(spec).stream()
                .filter(limit -> !hasRoom(new Key(spec.tenant(), limit.key()), limit.most()))
                .findFirst();
    }

    boolean hasRoom(Key key, int most) {
        return runningByKey.getOrDefault(key, 0) < most;
    }

    /** A run of a job is leased. */
    void take(RunId run, JobSpec spec) {
        List<Key> keys = new ArrayList<>();
        for (Limit limit : limits(spec)) {
            Key key = new Key(spec.tenant(), limit.key());
            keys.add(key);
            runningByKey.merge(key, 1, Integer::sum);
        }
        if (!keys.isEmpty()) {
            keysByRun.put(run, keys);
        }
    }

    /** A run's lease is over; answers the keys that have room now. */
    List<Key> release(RunId run) {
        List<Key> keys = keysByRun.remove(run);
        if (keys == null) {
            return List.of();
        }
        keys.forEach(key -> runningByKey.computeIfPresent(key, (_, running) -> running > 1 ? running - 1 : null));
        return keys;
    }
}
