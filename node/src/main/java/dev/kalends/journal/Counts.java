package dev.kalends.journal;

/**
 * A tenant's counters in one partition, so that no listing has to count.
 *
 * @param scheduled jobs with a fire ahead or waiting for a trigger
 * @param finished jobs whose schedule is used up
 * @param oneOffsDecided one-off fires with a verdict or an open run, ever
 */
public record Counts(
        String tenant,
        long scheduled,
        long paused,
        long finished,
        long cancelled,
        long ready,
        long running,
        long retrying,
        long dead,
        long oneOffsDecided) {
    /** All zero. */
    public static Counts none(String tenant) {
        return new Counts(tenant, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }
}
