package dev.kalends.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One nominal instant of one job, with what became of it so far.
 *
 * @param generation the spec it runs, through all attempts
 * @param route who may claim it
 * @param times when it was due, fired and first started
 * @param series counts redrives, from 1: a report names its series
 * @param attempt the current or last attempt's number in this series, 0 before the first
 * @param wakeMs RETRYING: when it becomes ready; READY: since when it is ready; else 0
 * @param lease present exactly when LEASED
 * @param marks what was asked of it
 * @param attempts the finished ones, the last {@link Limits#ATTEMPTS_KEPT} of them
 * @param reason why it is in this state, for people
 */
public record Run(
        RunId id,
        int generation,
        RunState state,
        Route route,
        Times times,
        int series,
        int attempt,
        long wakeMs,
        Optional<Lease> lease,
        Marks marks,
        List<Attempt> attempts,
        Optional<String> reason) {

    /** Who may claim a run: tenant, queue and tier. */
    public record Route(String tenant, String queue, Priority priority) {}

    /**
     * When it was due and what happened then; -1 = not yet.
     *
     * @param firedMs when the leader decided that it was due
     * @param startedMs when the first attempt started
     * @param finishedMs when the run ended
     */
    public record Times(long dueMs, long firedMs, long startedMs, long finishedMs) {}

    /**
     * What was asked of a run.
     *
     * @param held it waits for an open run of the same job
     * @param stop whether its worker is asked to stop it
     * @param catchUp it came due while nobody could fire, or waited for the end of a pause: its skew is reported apart
     * @param forced it starts even where a pause holds others back
     */
    public record Marks(boolean held, StopAsked stop, boolean catchUp, boolean forced) {
        public static final Marks NONE = new Marks(false, StopAsked.NO, false, false);
        /** Of a run that made up for a fire of the past. */
        public static final Marks CATCH_UP = new Marks(false, StopAsked.NO, true, false);
        /** Of a run that a person wants now. */
        public static final Marks FORCED = new Marks(false, StopAsked.NO, false, true);

        /** With its worker asked to stop it. */
        public Marks asking(StopAsked asked) {
            return new Marks(held, asked, catchUp, forced);
        }

        /** Waiting for an open run of the same job. */
        public Marks waiting() {
            return new Marks(true, stop, catchUp, forced);
        }

        /** Waiting no more. */
        public Marks free() {
            return new Marks(false, stop, catchUp, forced);
        }

        /** Started late on purpose. */
        public Marks late() {
            return new Marks(held, stop, true, forced);
        }
    }

    public Run {
        attempts = List.copyOf(attempts);
        if ((state == RunState.LEASED) != lease.isPresent()) {
            throw new IllegalArgumentException("a lease belongs to LEASED; state=" + state + " run=" + id);
        }
    }

    /** First start minus due instant in milliseconds; empty before the first start. */
    public Optional<Long> skewMs() {
        return times.startedMs < 0 ? Optional.empty() : Optional.of(times.startedMs - times.dueMs);
    }

    /** READY to LEASED: the next attempt begins. */
    public Run leased(Lease grant) {
        state.require(RunState.LEASED);
        return new Run(
                id,
                generation,
                RunState.LEASED,
                route,
                times,
                series,
                attempt + 1,
                0,
                Optional.of(grant),
                marks,
                attempts,
                reason);
    }

    /** LEASED to READY: the grant never reached its worker, so the attempt was none. */
    public Run undelivered(long nowMs) {
        state.require(RunState.READY);
        return new Run(
                id,
                generation,
                RunState.READY,
                route,
                times,
                series,
                attempt - 1,
                nowMs,
                Optional.empty(),
                marks,
                attempts,
                reason);
    }

    /** LEASED still, but its lease is not prolonged any more. */
    public Run releasing() {
        Optional<Lease> takenBack = Optional.of(lease.orElseThrow().takenBack());
        return new Run(
                id, generation, state, route, times, series, attempt, wakeMs, takenBack, marks, attempts, reason);
    }

    /** The first start, reported by the worker; later ones change nothing. */
    public Run started(long startedMs) {
        return times.startedMs >= 0
                ? this
                : withTimes(new Times(times.dueMs, times.firedMs, startedMs, times.finishedMs));
    }

    /** LEASED to RETRYING. */
    public Run retrying(Attempt finished, long readyAtMs) {
        state.require(RunState.RETRYING);
        return new Run(
                id,
                generation,
                RunState.RETRYING,
                route,
                times,
                series,
                attempt,
                readyAtMs,
                Optional.empty(),
                marks,
                plus(finished),
                finished.error());
    }

    /** RETRYING to READY, or DEAD or SKIPPED to READY with a new series. */
    public Run ready(long nowMs) {
        state.require(RunState.READY);
        boolean reopened = state.isTerminal();
        Times again = reopened ? new Times(times.dueMs, times.firedMs, times.startedMs, -1) : times;
        return new Run(
                id,
                generation,
                RunState.READY,
                route,
                again,
                reopened ? series + 1 : series,
                reopened ? 0 : attempt,
                nowMs,
                Optional.empty(),
                reopened ? Marks.NONE : marks,
                attempts,
                Optional.empty());
    }

    /** To a terminal state without a finished attempt. */
    public Run ended(RunState terminal, long nowMs, Optional<String> why) {
        state.require(terminal);
        return new Run(
                id,
                generation,
                terminal,
                route,
                finishedAt(nowMs),
                series,
                attempt,
                0,
                Optional.empty(),
                marks,
                attempts,
                why);
    }

    /** LEASED to a terminal state by a finished attempt. */
    public Run ended(RunState terminal, long nowMs, Attempt finished) {
        state.require(terminal);
        return new Run(
                id,
                generation,
                terminal,
                route,
                finishedAt(nowMs),
                series,
                attempt,
                0,
                Optional.empty(),
                marks,
                plus(finished),
                finished.error());
    }

    /** A run that waited behind another takes its turn. */
    public Run released(long nowMs) {
        if (!marks.held()) {
            throw new IllegalStateException("only a held run is released; state=" + state + " run=" + id);
        }
        return new Run(
                id,
                generation,
                state,
                route,
                times,
                series,
                attempt,
                nowMs,
                Optional.empty(),
                marks.free(),
                attempts,
                reason);
    }

    public Run withMarks(Marks newMarks) {
        return new Run(id, generation, state, route, times, series, attempt, wakeMs, lease, newMarks, attempts, reason);
    }

    private Run withTimes(Times newTimes) {
        return new Run(id, generation, state, route, newTimes, series, attempt, wakeMs, lease, marks, attempts, reason);
    }

    private Times finishedAt(long nowMs) {
        return new Times(times.dueMs, times.firedMs, times.startedMs, nowMs);
    }

    private List<Attempt> plus(Attempt finished) {
        List<Attempt> all = new ArrayList<>(attempts);
        all.add(finished);
        return all.size() > Limits.ATTEMPTS_KEPT ? all.subList(all.size() - Limits.ATTEMPTS_KEPT, all.size()) : all;
    }
}
