package dev.kalends.partition;

import dev.kalends.job.JobId;
import dev.kalends.job.JobPhase;
import dev.kalends.job.JobSpec;
import dev.kalends.job.JobState;
import dev.kalends.job.JobState.NextFire;
import dev.kalends.job.LedgerLine;
import dev.kalends.job.Run;
import dev.kalends.job.RunId;
import dev.kalends.job.RunState;
import dev.kalends.job.Schedule;
import dev.kalends.job.StopAsked;
import java.util.List;
import java.util.Optional;

/**
 * Decides what becomes of nominal instants that came due: a run, or a verdict without one.
 *
 * <p>A fire whose due instant lies before the leader began to serve is a misfire; the catch-up policy decides. Every
 * nominal instant that is passed here gets a run or a verdict in the same batch that moves the job's next fire on, so
 * none can be forgotten between two commits.
 */
final class FireDecider {
    /** Most runs that a job with catch-up {@code all} makes up for; older ones are missed. */
    static final int CATCH_UP_RUNS_MAX = 1_000;

    static final String MISSED_DOWN = "came due while nobody could fire";
    static final String MISSED_CAP = "more than " + CATCH_UP_RUNS_MAX + " fires to catch up";
    static final String SKIPPED_OVERLAP = "an earlier run is still open";
    static final String JOB_CANCELLED = "its job was cancelled";
    static final String REPLACED = "replaced by a later run";
    private static final long CATCH_UP_LAST_WITHIN_MS = 86_400_000L;

    private final Workspace workspace;
    private final FirePlan plan;
    private final RunEnds ends;

    FireDecider(Workspace workspace, FirePlan plan, RunEnds ends) {
        this.workspace = workspace;
        this.plan = plan;
        this.ends = ends;
    }

    /** A job's timer went off; it may be out of date. */
    void fire(JobId job, Moment moment) {
        Optional<JobSpec> spec = workspace.spec(job);
        if (spec.isEmpty()) {
            return;
        }
        Optional<JobState> state = workspace.state(job);
        if (state.isEmpty()) {
            fireWaitingOnce(spec.get(), moment);
        } else if (state.get().phase() == JobPhase.SCHEDULED
                && state.get().next().isPresent()) {
            fireNext(spec.get(), state.get(), state.get().next().get(), moment);
        } else if (state.get().phase() == JobPhase.CANCELLED
                && state.get().lastNominalMs() < 0
                && spec.get().schedule() instanceof Schedule.Once once) {
            passCancelledOnce(spec.get(), state.get(), once, moment);
        }
    }

    /** A one-off that was cancelled ahead comes due: from now on it is expected to have a verdict, and has one. */
    private void passCancelledOnce(JobSpec spec, JobState state, Schedule.Once once, Moment moment) {
        if (workspace.touchedOrOpen(RunId.scheduled(spec.id(), once.atMs()))) {
            return;
        }
        NextFire next = plan.once(spec, once);
        if (next.dueMs() > moment.nowMs()) {
            workspace.effect(new Effect.ArmJob(next.dueMs(), spec.id()));
            return;
        }
        workspace.countsDelta().oneOffsDecided(spec.tenant(), 1);
        ends.putState(spec, Optional.of(state), state.decided(next.nominalMs(), 1, Optional.empty()));
    }

    /** A retry is due; the timer may be out of date. */
    void wake(RunId id, Moment moment) {
        Optional<Run> run = workspace.run(id).filter(found -> found.state() == RunState.RETRYING);
        if (run.isEmpty()) {
            return;
        }
        if (run.get().wakeMs() > moment.nowMs()) {
            workspace.effect(new Effect.ArmRun(run.get().wakeMs(), id));
            return;
        }
        ends.move(run.get(), run.get().ready(moment.nowMs()));
    }

    private void fireWaitingOnce(JobSpec spec, Moment moment) {
        if (!(spec.schedule() instanceof Schedule.Once once)
                || workspace.touchedOrOpen(RunId.scheduled(spec.id(), once.atMs()))) {
            return;
        }
        NextFire next = plan.once(spec, once);
        if (next.dueMs() > moment.nowMs()) {
            workspace.effect(new Effect.ArmJob(next.dueMs(), spec.id()));
            return;
        }
        workspace.countsDelta().job(spec.tenant(), JobPhase.SCHEDULED, -1);
        openOnce(spec, next, moment);
    }

    private void openOnce(JobSpec spec, NextFire next, Moment moment) {
        workspace.countsDelta().oneOffsDecided(spec.tenant(), 1);
        workspace.count(Effect.Metric.FIRED, 1);
        Run run = scheduledRun(spec, next, moment);
        if (plan.lastStartMs(spec, run.id(), next.dueMs()) < moment.nowMs()) {
            ends.open(run);
            ends.end(run, RunState.MISSED, moment.nowMs(), "its deadline had passed");
            return;
        }
        ends.open(run);
    }

    private void fireNext(JobSpec spec, JobState state, NextFire next, Moment moment) {
        if (next.dueMs() > moment.nowMs()) {
            workspace.effect(new Effect.ArmJob(next.dueMs(), spec.id()));
            return;
        }
        if (spec.schedule() instanceof Schedule.Once) {
            ends.putState(spec, Optional.of(state), state.decided(next.nominalMs(), 1, Optional.empty()));
            openOnce(spec, next, moment);
            return;
        }
        boolean misfire = next.dueMs() < moment.servingSinceMs();
        long through = misfire ? catchUp(spec, state, next, moment) : fireNow(spec, next, moment);
        long decided = plan.countBetween(spec, next.nominalMs() - 1, through, state.fired());
        Optional<NextFire> following = plan.next(spec, through, state.fired() + decided);
        JobState after = workspace.state(spec.id()).orElse(state).decided(through, decided, following);
        boolean over = following.isEmpty() && workspace.openRuns(spec.id()).isEmpty();
        ends.putState(spec, Optional.of(state), over ? after.inPhase(JobPhase.FINISHED, moment.nowMs()) : after);
        following.ifPresent(fire -> workspace.effect(new Effect.ArmJob(fire.dueMs(), spec.id())));
    }

    /** Fires one nominal instant, as the overlap policy allows; returns it. */
    private long fireNow(JobSpec spec, NextFire next, Moment moment) {
        workspace.count(Effect.Metric.FIRED, 1);
        Run run = scheduledRun(spec, next, moment);
        switch (beside(spec, workspace.openRuns(spec.id()), moment.nowMs())) {
            case START -> ends.open(run);
            case WAIT -> ends.open(held(run));
            case NOT -> {
                workspace.count(Effect.Metric.SKIPPED, 1);
                ends.ledger().enter(spec, next.nominalMs(), RunState.SKIPPED, Optional.of(SKIPPED_OVERLAP));
            }
        }
        return next.nominalMs();
    }

    /** What a new run does beside the open ones. */
    enum Beside {
        START,
        WAIT,
        NOT
    }

    /** Applies the overlap policy to the open runs of a job, for one more run. */
    Beside beside(JobSpec spec, List<Run> open, long nowMs) {
        if (open.isEmpty()) {
            return Beside.START;
        }
        return switch (spec.policy().overlap()) {
            case SKIP -> Beside.NOT;
            case ALLOW -> Beside.START;
            case QUEUE ->
                open.stream().anyMatch(run -> run.marks().held() && !run.marks().catchUp()) ? Beside.NOT : Beside.WAIT;
            case REPLACE -> replaced(open, nowMs) ? Beside.START : Beside.WAIT;
        };
    }

    /** Makes way for a new run; false when an executing one must end first. */
    private boolean replaced(List<Run> open, long nowMs) {
        boolean free = true;
        for (Run run : open) {
            switch (run.state()) {
                case READY -> ends.end(run, RunState.SKIPPED, nowMs, REPLACED);
                case RETRYING -> ends.end(run, RunState.CANCELLED, nowMs, REPLACED);
                case LEASED -> {
                    free = false;
                    askToStop(run, StopAsked.BY_REPLACEMENT);
                }
                case SUCCEEDED, DEAD, CANCELLED, SKIPPED, MISSED ->
                    throw new IllegalStateException("an open run has ended; state=" + run.state());
            }
        }
        return free;
    }

    /** Asks the worker of an executing run to stop it, once. */
    void askToStop(Run run, StopAsked asked) {
        if (run.marks().stop() == StopAsked.NO) {
            ends.move(run, run.withMarks(run.marks().asking(asked)));
            run.lease().ifPresent(lease -> workspace.effect(new Effect.AskToStop(lease.token())));
        }
    }

    /** Gives what came due and has not fired yet its verdict, because its job is cancelled; returns the new state. */
    JobState cancelOverdue(JobSpec spec, JobState state, Moment moment) {
        Optional<NextFire> overdue = state.next().filter(next -> next.dueMs() <= moment.nowMs());
        if (overdue.isEmpty()) {
            return state;
        }
        NextFire next = overdue.get();
        if (!spec.schedule().repeats()) {
            workspace.countsDelta().oneOffsDecided(spec.tenant(), 1);
            return state.decided(next.nominalMs(), 1, Optional.empty());
        }
        long throughMs = moment.nowMs() - (next.dueMs() - next.nominalMs());
        long count = plan.countBetween(spec, next.nominalMs() - 1, throughMs, state.fired());
        long last = plan.nth(spec, next.nominalMs() - 1, count, throughMs);
        Optional<String> why = Optional.of(JOB_CANCELLED);
        ends.ledger().enter(spec, new LedgerLine(spec.id(), next.nominalMs(), last, count, RunState.CANCELLED, why));
        return state.decided(last, count, Optional.empty());
    }

    /** Decides all misfires of a job at once; returns the last nominal instant decided. */
    private long catchUp(JobSpec spec, JobState state, NextFire next, Moment moment) {
        long splayMs = next.dueMs() - next.nominalMs();
        long throughMs = moment.servingSinceMs() - 1 - splayMs;
        long count = plan.countBetween(spec, next.nominalMs() - 1, throughMs, state.fired());
        if (count < 1) {
            return fireNow(spec, next, moment);
        }
        long last = plan.nth(spec, next.nominalMs() - 1, count, throughMs);
        Stretch all = new Stretch(next.nominalMs(), last, count);
        switch (spec.policy().catchUp()) {
            case NONE -> miss(spec, all, MISSED_DOWN);
            case LAST -> {
                long withinMs = Math.max(CATCH_UP_LAST_WITHIN_MS, plan.periodMs(spec, last));
                if (moment.nowMs() - last > withinMs) {
                    miss(spec, all, MISSED_DOWN);
                } else {
                    missBefore(spec, all, last, count - 1, MISSED_DOWN);
                    fireNow(spec, new NextFire(last, last + splayMs), moment);
                }
            }
            case ALL -> makeUp(spec, all, splayMs, moment);
        }
        return last;
    }

    /** A stretch of consecutive nominal instants. */
    private record Stretch(long fromMs, long toMs, long count) {}

    /** Makes a run for each, released one after the other. */
    private void makeUp(JobSpec spec, Stretch all, long splayMs, Moment moment) {
        long missed = Math.max(0, all.count() - CATCH_UP_RUNS_MAX);
        long nominalMs = missed == 0 ? all.fromMs() : plan.nth(spec, all.fromMs() - 1, missed + 1, all.toMs());
        missBefore(spec, all, nominalMs, missed, MISSED_CAP);
        boolean first = workspace.openRuns(spec.id()).stream().noneMatch(run -> RunEnds.holdsBack(spec, run));
        for (long made = missed; made < all.count(); made++) {
            workspace.count(Effect.Metric.FIRED, 1);
            Run run = scheduledRun(spec, new NextFire(nominalMs, nominalMs + splayMs), moment);
            ends.open(first ? run : held(run));
            first = false;
            if (made + 1 < all.count()) {
                nominalMs = plan.nth(spec, nominalMs, 1, all.toMs());
            }
        }
    }

    /** Misses the first {@code count} instants of a stretch, all that lie before one. */
    private void missBefore(JobSpec spec, Stretch all, long beforeMs, long count, String why) {
        if (count > 0) {
            miss(spec, new Stretch(all.fromMs(), plan.nth(spec, all.fromMs() - 1, count, beforeMs - 1), count), why);
        }
    }

    private void miss(JobSpec spec, Stretch missed, String why) {
        workspace.count(Effect.Metric.MISSED, missed.count());
        ends.ledger()
                .enter(
                        spec,
                        new LedgerLine(
                                spec.id(),
                                missed.fromMs(),
                                missed.toMs(),
                                missed.count(),
                                RunState.MISSED,
                                Optional.of(why)));
    }

    private static Run scheduledRun(JobSpec spec, NextFire next, Moment moment) {
        boolean catchUp = next.dueMs() < moment.servingSinceMs();
        return Runs.fresh(
                spec,
                RunId.scheduled(spec.id(), next.nominalMs()),
                new Run.Times(next.dueMs(), moment.nowMs(), -1, -1),
                new Run.Marks(false, StopAsked.NO, catchUp));
    }

    static Run held(Run run) {
        return run.withMarks(new Run.Marks(true, run.marks().stop(), run.marks().catchUp()));
    }
}
