package dev.kalends.job;

import java.util.Optional;

/**
 * What changes in a job's life. Absent for a one-off that is still waiting or has only an open run.
 *
 * @param generation the generation that fires next
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
        long lastNominalMs,
        Optional<NextFire> next,
        int fired,
        int manual,
        long revision,
        Optional<RunId> lastRun) {

    /** The next nominal instant and when it is due (nominal + splay, or acceptance if later). */
    public record NextFire(long nominalMs, long dueMs) {}

    public JobState withPhase(JobPhase newPhase) {
        return new JobState(id, generation, newPhase, lastNominalMs, next, fired, manual, revision + 1, lastRun);
    }

    /** After a nominal instant was decided. */
    public JobState decided(long nominalMs, int count, Optional<NextFire> following) {
        return new JobState(id, generation, phase, nominalMs, following, fired + count, manual, revision + 1, lastRun);
    }

    public JobState withNext(Optional<NextFire> following) {
        return new JobState(id, generation, phase, lastNominalMs, following, fired, manual, revision + 1, lastRun);
    }

    public JobState withLastRun(RunId run) {
        return new JobState(id, generation, phase, lastNominalMs, next, fired, manual, revision + 1, Optional.of(run));
    }

    public JobState withManual(int number) {
        return new JobState(id, generation, phase, lastNominalMs, next, fired, number, revision + 1, lastRun);
    }
}
