package dev.kalends.rehearsal;

import java.util.List;

/**
 * What a rehearsal showed.
 *
 * @param startMs when it began
 * @param endMs when it ended
 * @param cut whether it ended early, because there was more to decide than a rehearsal may
 * @param jobs in the order in which they were given, drafts last
 * @param busiest the largest number of attempts that started within one second, with when that second began
 */
public record Report(long startMs, long endMs, boolean cut, List<Finding> jobs, Busiest busiest) {
    /** A second with so many starts; -1 and 0 when nothing started. */
    public record Busiest(long fromMs, int starts) {}

    public Report {
        jobs = List.copyOf(jobs);
    }

    /** What started of all jobs. */
    public Finding.Started started() {
        return jobs.stream().map(Finding::started).reduce(Finding.Started.NONE, Finding.Started::and);
    }

    /** Nominal instants of all jobs. */
    public Counted counts() {
        return jobs.stream().map(Finding::counts).reduce(Counted.NONE, Counted::and);
    }
}
