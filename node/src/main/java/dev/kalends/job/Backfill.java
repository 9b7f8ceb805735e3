package dev.kalends.job;

/**
 * Runs made up for a stretch of the past, on request: one for each nominal instant of the job's schedule in it.
 *
 * @param number from 1, rising with each backfill of the job; the number in the ids of its runs
 * @param nextMs the next nominal instant to make a run for
 * @param untilMs the stretch ends before this
 * @param made runs made so far
 * @param total runs to make in all, as it was previewed
 * @param perSec runs made in a second, at most
 */
public record Backfill(
        JobId job, int number, int generation, long nextMs, long untilMs, long made, long total, int perSec) {
    /** Runs of one backfill. */
    public static final int RUNS_MAX = 100_000;
    /** Runs a second, at most. */
    public static final int PER_SEC_MAX = 1_000;
    /** Runs a second, where nobody says. */
    public static final int PER_SEC_DEFAULT = 5;

    /** After some runs more. */
    public Backfill advanced(long newNextMs, long more) {
        return new Backfill(job, number, generation, newNextMs, untilMs, made + more, total, perSec);
    }
}
