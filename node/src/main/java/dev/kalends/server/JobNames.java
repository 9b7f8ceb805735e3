package dev.kalends.server;

import dev.kalends.job.JobId;
import dev.kalends.job.JobName;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Names of jobs, looked up once and remembered for a while: the last {@value #KEPT}. For one request. */
final class JobNames {
    private static final int KEPT = 10_000;

    private final Partitions partitions;
    private final Map<JobId, Optional<JobName>> nameByJob = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<JobId, Optional<JobName>> eldest) {
            return size() > KEPT;
        }
    };

    JobNames(Partitions partitions) {
        this.partitions = partitions;
    }

    /** Tenant, name and key; empty for a job that is gone. */
    Optional<JobName> of(JobId job) {
        return nameByJob.computeIfAbsent(
                job,
                id -> partitions
                        .of(id)
                        .flatMap(handle -> handle.reader().job(id))
                        .map(row -> row.spec().name()));
    }

    /** The name; empty for a job without one. */
    Optional<String> name(JobId job) {
        return of(job).flatMap(JobName::name);
    }

    /** Remembers what is known from elsewhere. */
    void put(JobId job, JobName name) {
        nameByJob.put(job, Optional.of(name));
    }
}
