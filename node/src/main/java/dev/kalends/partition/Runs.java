package dev.kalends.partition;

import dev.kalends.job.JobSpec;
import dev.kalends.job.Run;
import dev.kalends.job.RunId;
import dev.kalends.job.RunState;
import java.util.List;
import java.util.Optional;

/** Makes new runs. */
final class Runs {
    private Runs() {}

    /** A READY run of a job's current generation. */
    static Run fresh(JobSpec spec, RunId id, Run.Times times, Run.Marks marks) {
        Run.Route route = new Run.Route(
                spec.tenant(), spec.policy().queue(), spec.policy().priority());
        return new Run(
                id,
                spec.generation(),
                RunState.READY,
                route,
                times,
                1,
                0,
                times.firedMs(),
                Optional.empty(),
                marks,
                List.of(),
                Optional.empty());
    }
}
