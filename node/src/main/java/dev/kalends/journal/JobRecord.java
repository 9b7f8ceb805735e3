package dev.kalends.journal;

import dev.kalends.job.JobSpec;
import dev.kalends.job.JobState;
import dev.kalends.job.Run;
import java.util.List;
import java.util.Optional;

/**
 * What is stored of a job, the ledger and what has ended apart.
 *
 * @param spec the current generation
 * @param open all open runs, by run id
 */
public record JobRecord(JobSpec spec, Optional<JobState> state, List<Run> open) {
    public JobRecord {
        open = List.copyOf(open);
    }
}
