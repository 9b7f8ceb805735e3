package dev.kalends.job;

import java.util.Optional;

/**
 * What changes in a job's life. Absent for a one-off that is still waiting or has only an open run.
 *
 * @param generation the generation that fires next
 * @param phaseSinceMs when it entered its phase
 * @param lastNominalMs the last nominal instant that was decided (fired, skipped or missed), or -1
 * @param next the next fire; empty when there is none
 * @param fired scheduled fires decided so far
 * @param manual manual runs made so far, the last one's number
 * @param revision rises with each change; what {@code ETag} shows
 * @param lastRun the run that ended last
 */
public record JobState(
        JobId id,
        int generation,
        JobPhase phase,
        long phaseSinceMs,
        long lastNominalMs,
        Optional<NextFire> next,
        int fired,
        int manual,
        long revision,
        Optional<RunId> lastRun) {

    /** The next nominal instant and when it is due (nominal + splay, or acceptance if later). */
    public record NextFire(long nominalMs, long dueMs) {}

    /** A job that was just accepted. */
    public static JobState accepted(JobId id, long nowMs, Optional<NextFire> next) {
        return new JobState(id, 1, JobPhase.SCHEDULED, nowMs, -1, next, 0, 0, 1, Optional.empty());
    }

    /** In another phase from an instant on; only a scheduled job has a next fire. */
    public JobState inPhase(JobPhase newPhase, long nowMs) {
        Optional<NextFire> ahead = newPhase == JobPhase.SCHEDULED ? next : Optional.empty();
        return new JobState(
                id, generation, newPhase, nowMs, lastNominalMs, ahead, fired, manual, revision + 1, lastRun);
    }

    /** After nominal instants up to one were decided. */
    public JobState decided(long nominalMs, long count, Optional<NextFire> following) {
        int all = (int) Math.min(Integer.MAX_VALUE, fired + count);
        return new JobState(
                id, generation, phase, phaseSinceMs, nominalMs, following, all, manual, revision + 1, lastRun);
    }

    public JobState withLastRun(RunId run) {
        return new JobState(
                id,
                generation,
                phase,
                phaseSinceMs,
                lastNominalMs,
                next,
                fired,
                manual,
                revision + 1,
                Optional.of(run));
    }

    public JobState withManual(int number) {
        return new JobState(
                id, generation, phase, phaseSinceMs, lastNominalMs, next, fired, number, revision + 1, lastRun);
    }
}
