package dev.kalends.sqlite;

import dev.kalends.job.JobId;
import dev.kalends.job.JobSpec;
import dev.kalends.job.Work;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The specs that were read last, current generations only. Owned by the partition's thread. */
final class SpecCache {
    private static final int SPECS_MAX = 16_384;
    /** Larger specs are read anew each time, which bounds what the cache can hold. */
    private static final int ARGUMENT_CHARACTERS_MAX = 1_024;

    private final Map<JobId, JobSpec> specById = new LinkedHashMap<>(1_024, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<JobId, JobSpec> eldest) {
            return size() > SPECS_MAX;
        }
    };

    Optional<JobSpec> find(JobId id) {
        return Optional.ofNullable(specById.get(id));
    }

    void keep(JobSpec spec) {
        if (isSmall(spec)) {
            specById.put(spec.id(), spec);
        }
    }

    void forget(JobId id) {
        specById.remove(id);
    }

    void clear() {
        specById.clear();
    }

    private static boolean isSmall(JobSpec spec) {
        return spec.labels().isEmpty()
                && switch (spec.work()) {
                    case Work.Command command ->
                        command.env().isEmpty()
                                && command.stdin().isEmpty()
                                && command.argv().stream()
                                                .mapToInt(String::length)
                                                .sum()
                                        <= ARGUMENT_CHARACTERS_MAX;
                    case Work.Http http ->
                        http.headers().isEmpty() && http.body().isEmpty();
                    case Work.Noop _ -> true;
                };
    }
}
