package dev.kalends.partition;

import dev.kalends.job.JobId;
import dev.kalends.job.RunId;

/** What somebody saw of a job or run when they decided to change it. */
public sealed interface Seen {
    /** A job at a revision: anything that became of it since, also a fire, is a change. */
    record JobRevision(JobId job, long revision) implements Seen {}

    /** A job in a generation: only an edit is a change. */
    record JobGeneration(JobId job, int generation) implements Seen {}

    /** A run in a series of attempts: only a redrive is a change. */
    record RunSeries(RunId run, int series) implements Seen {}

    /** A run whose lease has a token: any other lease, or none, is a change. */
    record RunToken(RunId run, long token) implements Seen {}
}
