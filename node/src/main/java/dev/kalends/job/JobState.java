package dev.kalends.job;

import java.util.Optional;

/**
 * What changes in a job's life. Absent for a one-off that is still waiting or has only an open run.
 *
 * @param generation the generation that fires next
 * @param phaseSinceMs when it entered its phase
 * @param lastNominalMs the last nominal instant that was decided (fired, skipped or missed), or -1; of a paused
 *     one-off also one that only came due
 * @param next the next fire; empty when there is none, or when it is held back
 * @param paused present exactly in phase PAUSED
 * @param fired scheduled fires decided so far
 * @param numbers the last numbers given to manual runs and backfills
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
        Optional<Paused> paused,
        int fired,
        Numbers numbers,
        long revision,
        Optional<RunId> lastRun) {

    /** The next nominal instant and when it is due (nominal + splay, or acceptance if later). */
    public record NextFire(long nominalMs, long dueMs) {}

    /**
     * A pause, and what it holds back.
     *
     * @param next the first fire held back; empty for jobs without a fire ahead
     */
    public record Paused(Pause why, Optional<NextFire> next) {}

    /** Numbers given so far, 0 for none. */
    public record Numbers(int manual, int backfill) {
        /** None. */
        public static final Numbers NONE = new Numbers(0, 0);
    }

    public JobState {
        if ((phase == JobPhase.PAUSED) != paused.isPresent()) {
            throw new IllegalArgumentException("a pause belongs to PAUSED; phase=" + phase + " job=" + id);
        }
    }

    /** A job that was just accepted. */
    public static JobState accepted(JobId id, long nowMs, Optional<NextFire> next) {
        return new JobState(
                id, 1, JobPhase.SCHEDULED, nowMs, -1, next, Optional.empty(), 0, Numbers.NONE, 1, Optional.empty());
    }

    /** The fire that comes next, held back or not. */
    public Optional<NextFire> ahead() {
        return paused.isPresent() ? paused.get().next() : next;
    }

    /** Over: finished or cancelled. */
    public JobState over(JobPhase end, long nowMs) {
        return with(end, nowMs, Optional.empty(), Optional.empty());
    }

    /** Held back from an instant on, or held back for another reason. */
    public JobState pausedBy(Pause why, long nowMs) {
        return with(JobPhase.PAUSED, nowMs, Optional.empty(), Optional.of(new Paused(why, ahead())));
    }

    /** Going on, with the fire that comes next. */
    public JobState resumed(long nowMs, Optional<NextFire> following) {
        return with(JobPhase.SCHEDULED, nowMs, following, Optional.empty());
    }

    private JobState with(JobPhase to, long sinceMs, Optional<NextFire> ahead, Optional<Paused> held) {
        return new JobState(
                id, generation, to, sinceMs, lastNominalMs, ahead, held, fired, numbers, revision + 1, lastRun);
    }

    /** After nominal instants up to one were decided; the following fire stays held back while it is paused. */
    public JobState decided(long nominalMs, long count, Optional<NextFire> following) {
        return ahead(nominalMs, count, following, generation);
    }

    /** Of a new generation, with its first fire. */
    public JobState edited(int newGeneration, Optional<NextFire> following) {
        boolean oneOff = id.day() > 0;
        return ahead(oneOff ? -1 : lastNominalMs, 0, following, newGeneration);
    }

    private JobState ahead(long nominalMs, long count, Optional<NextFire> following, int ofGeneration) {
        int all = (int) Math.min(Integer.MAX_VALUE, fired + count);
        return new JobState(
                id,
                ofGeneration,
                phase,
                phaseSinceMs,
                nominalMs,
                paused.isPresent() ? Optional.empty() : following,
                paused.map(held -> new Paused(held.why(), following)),
                all,
                numbers,
                revision + 1,
                lastRun);
    }

    public JobState withLastRun(RunId run) {
        return new JobState(
                id,
                generation,
                phase,
                phaseSinceMs,
                lastNominalMs,
                next,
                paused,
                fired,
                numbers,
                revision + 1,
                Optional.of(run));
    }

    public JobState withNumbers(Numbers given) {
        return new JobState(
                id, generation, phase, phaseSinceMs, lastNominalMs, next, paused, fired, given, revision + 1, lastRun);
    }

    /** When the partition must look at the job next: its fire, its pause's end, or a held one-off's due instant. */
    public Optional<Long> wakeMs() {
        if (paused.isEmpty()) {
            return next.map(NextFire::dueMs);
        }
        boolean oneOffAhead = id.day() > 0 && lastNominalMs < 0;
        Optional<Long> comesDue =
                !oneOffAhead ? Optional.empty() : paused.get().next().map(NextFire::dueMs);
        Optional<Long> ends =
                paused.get().why().by() == Pause.By.JOB ? paused.get().why().untilMs() : Optional.empty();
        return comesDue.isPresent() && ends.isPresent()
                ? Optional.of(Math.min(comesDue.get(), ends.get()))
                : comesDue.or(() -> ends);
    }
}
