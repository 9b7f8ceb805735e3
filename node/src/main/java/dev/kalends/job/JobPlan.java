package dev.kalends.job;

/**
 * When a job fires, without what it then does: what is read of many jobs to foresee their fires.
 *
 * @param name its submit key may be left out
 * @param acceptedMs when the current generation was accepted
 */
public record JobPlan(JobId id, JobName name, Schedule schedule, Window window, long acceptedMs) {
    /** The same as {@link JobSpec#hashSeed}. */
    public long hashSeed() {
        return name.hashSeed(id);
    }

    /** The same as {@link JobSpec#movedMs}; costs nothing for a job without splay. */
    public long movedMs() {
        return window.movedMs(id, name);
    }
}
