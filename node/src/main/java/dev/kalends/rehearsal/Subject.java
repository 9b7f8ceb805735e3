package dev.kalends.rehearsal;

import dev.kalends.job.JobSpec;
import dev.kalends.job.JobState;
import dev.kalends.job.Run;
import java.util.List;
import java.util.Optional;

/**
 * A job that takes part, as it stands when the rehearsal begins.
 *
 * @param specs its generations that still matter, the current one last
 * @param state empty for a one-off that still waits
 * @param open its open runs
 * @param takesMs how long its runs take; empty when that is not known
 * @param ending how its runs end
 */
public record Subject(
        List<JobSpec> specs, Optional<JobState> state, List<Run> open, Optional<Long> takesMs, Ending ending) {
    /** How the runs of a job end. */
    public enum Ending {
        SUCCEEDS,
        FAILS
    }

    public Subject {
        specs = List.copyOf(specs);
        open = List.copyOf(open);
        if (specs.isEmpty()) {
            throw new IllegalArgumentException("a job has a spec; specs=0");
        }
    }

    /** Its current generation. */
    public JobSpec spec() {
        return specs.getLast();
    }
}
