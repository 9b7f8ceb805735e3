package dev.kalends.verdict;

import dev.kalends.job.JobSpec;
import dev.kalends.job.JobState;
import dev.kalends.job.LedgerLine;
import dev.kalends.job.Limit;
import dev.kalends.job.Pause;
import dev.kalends.job.Run;
import dev.kalends.job.RunId;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a nominal instant.
 *
 * @param job the job, in all its generations
 * @param asked the run that the instant has, had, or would have
 * @param run what is kept of it
 * @param line the stretch of the ledger that holds the instant
 * @param beside other runs of the job, open ones and the newest that ended
 * @param pause what holds the job back, or will when it comes due
 * @param throttle the limit that is used up, if its run waits for one
 * @param nowMs when it is asked
 */
public record Facts(
        Generations job,
        RunId asked,
        Optional<Run> run,
        Optional<LedgerLine> line,
        List<Run> beside,
        Optional<Pause> pause,
        Optional<Throttle> throttle,
        long nowMs) {
    public Facts {
        beside = List.copyOf(beside);
    }

    /** A limit that other runs have used up. */
    public record Throttle(Limit limit, List<RunId> holders) {
        public Throttle {
            holders = List.copyOf(holders);
        }
    }

    /**
     * A job.
     *
     * @param first its first generation
     * @param ruling the one that judges the instant
     * @param current the last one
     * @param state absent for a one-off that waits
     */
    public record Generations(JobSpec first, JobSpec ruling, JobSpec current, Optional<JobState> state) {}

    /** The nominal instant, UTC milliseconds. */
    public long nominalMs() {
        return asked.nominalMs();
    }

    /** When it comes due by the generation that judges it. */
    public long dueMs() {
        return job.ruling().dueMs(asked.nominalMs());
    }
}
