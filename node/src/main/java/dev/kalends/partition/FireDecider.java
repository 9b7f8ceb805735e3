package dev.kalends.partition;

import dev.kalends.job.CatchUp;
import dev.kalends.job.JobId;
import dev.kalends.job.JobPhase;
import dev.kalends.job.JobSpec;
import dev.kalends.job.JobState;
import dev.kalends.job.JobState.NextFire;
import dev.kalends.job.Pause;
import dev.kalends.job.PauseOrder;
import dev.kalends.job.Run;
import dev.kalends.job.RunId;
import dev.kalends.job.RunState;
import dev.kalends.job.Schedule;
import dev.kalends.partition.PastFires.Stretch;
import java.util.Optional;

/**
 * Decides what becomes of nominal instants that came due: a run, or a verdict without one.
 *
 * <p>A fire whose due instant lies before the leader began to serve is a misfire; the catch-up policy decides. Every
 * nominal instant that is passed here gets a run or a verdict in the same batch that moves the job's next fire on, so
 * none can be forgotten between two commits.
 */
final class FireDecider {
    static final String MISSED_DOWN = "came due while nobody could fire";
    static final String SKIPPED_OVERLAP = "an earlier run is still open";
    static final String JOB_CANCELLED = "its job was cancelled";
    private static final String DEADLINE_PASSED = "its deadline had passed";
    private static final long CATCH_UP_LAST_WITHIN_MS = 86_400_000L;

    private final Workspace workspace;
    private final FirePlan plan;
    private final RunEnds ends;
    private final PastFires past;
    private final OverlapRule overlap;

    FireDecider(Workspace workspace, FirePlan plan, RunEnds ends) {
        this.workspace = workspace;
        this.plan = plan;
        this.ends = ends;
        this.past = new PastFires(workspace, plan, ends);
        this.overlap = new OverlapRule(workspace, ends);
    }

    OverlapRule overlap() {
        return overlap;
    }

    /** A job's timer went off; it may be out of date. */
    void fire(JobId job, Moment moment) {
        Optional<JobSpec> found = workspace.spec(job);
        if (found.isEmpty()) {
            return;
        }
        JobSpec spec = found.get();
        Optional<JobState> row = workspace.state(job);
        if (row.isEmpty()) {
            fireWaitingOnce(spec, moment);
            return;
        }
        JobState state = row.get();
        switch (state.phase()) {
            case SCHEDULED -> state.next().ifPresent(next -> fireNext(spec, state, next, moment));
            case PAUSED -> wakePaused(spec, state, moment);
            case CANCELLED -> passCancelledOnce(spec, state, moment);
            case FINISHED -> {}
        }
    }

    /** A one-off that was cancelled ahead comes due: from now on it is expected to have a verdict, and has one. */
    private void passCancelledOnce(JobSpec spec, JobState state, Moment moment) {
        if (state.lastNominalMs() >= 0
                || !(spec.schedule() instanceof Schedule.Once once)
                || workspace.touchedOrOpen(RunId.scheduled(spec.id(), once.atMs()))) {
            return;
        }
        NextFire next = plan.once(spec, once);
        if (next.dueMs() > moment.nowMs()) {
            workspace.effect(new Effect.ArmJob(next.dueMs(), spec.id()));
            return;
        }
        countOnce(spec, state);
        ends.putState(spec, Optional.of(state), state.decided(next.nominalMs(), 1, Optional.empty()));
    }

    /** A pause ends by itself, or a one-off that it holds back comes due. */
    private void wakePaused(JobSpec spec, JobState state, Moment moment) {
        JobState.Paused paused = state.paused().orElseThrow();
        if (paused.why().by() == Pause.By.JOB && paused.why().endsBy(moment.nowMs())) {
            workspace.ready().takeDown(new ReadyRuns.Shelf.OfJob(spec.id()));
            resume(spec, state, Optional.empty(), moment);
            return;
        }
        JobState after = noteHeldOnce(spec, state, moment);
        if (!after.equals(state)) {
            ends.putState(spec, Optional.of(state), after);
        }
        after.wakeMs().ifPresent(wakeMs -> workspace.effect(new Effect.ArmJob(wakeMs, spec.id())));
    }

    /** A one-off that is held back and came due counts as decided: that it waits is its verdict until it goes on. */
    private JobState noteHeldOnce(JobSpec spec, JobState state, Moment moment) {
        boolean due =
                state.ahead().filter(next -> next.dueMs() <= moment.nowMs()).isPresent();
        if (spec.schedule().repeats() || state.lastNominalMs() >= 0 || !due) {
            return state;
        }
        countOnce(spec, state);
        return state.decided(state.ahead().orElseThrow().nominalMs(), 1, state.ahead());
    }

    private void countOnce(JobSpec spec, JobState state) {
        workspace.countsDelta().oneOffsDecided(spec.tenant(), state.lastNominalMs() < 0 ? 1 : 0);
    }

    /** Holds a job back; what came due before must have been decided. */
    JobState pause(JobSpec spec, Pause why, Moment moment) {
        JobState before = ends.stateOf(spec);
        JobState held = noteHeldOnce(spec, before.pausedBy(why, moment.nowMs()), moment);
        ends.putState(spec, workspace.state(spec.id()), held);
        held.wakeMs().ifPresent(wakeMs -> workspace.effect(new Effect.ArmJob(wakeMs, spec.id())));
        return held;
    }

    /**
     * Lets a paused job go on. What came due meanwhile is decided; what is to come is armed.
     *
     * @param catchUp empty: recurring fires are skipped, a one-off runs
     * @return what became of the fires held back, in words; may be empty
     */
    String resume(JobSpec spec, JobState state, Optional<CatchUp> catchUp, Moment moment) {
        JobState.Paused paused = state.paused().orElseThrow();
        long endMs = Math.min(moment.nowMs(), paused.why().untilMs().orElse(Long.MAX_VALUE));
        Optional<NextFire> overdue = paused.next().filter(next -> next.dueMs() <= endMs);
        if (overdue.isEmpty()) {
            goOn(spec, state.resumed(moment.nowMs(), paused.next()), moment);
            return "";
        }
        return spec.schedule().repeats()
                ? resumeRecurring(spec, state, endMs, catchUp, moment)
                : resumeOnce(spec, state, catchUp, moment);
    }

    private String resumeOnce(JobSpec spec, JobState state, Optional<CatchUp> catchUp, Moment moment) {
        JobState.Paused paused = state.paused().orElseThrow();
        NextFire next = paused.next().orElseThrow();
        countOnce(spec, state);
        ends.putState(
                spec,
                Optional.of(state),
                state.resumed(moment.nowMs(), Optional.empty()).decided(next.nominalMs(), 1, Optional.empty()));
        Run run = scheduledRun(spec, next, moment);
        run = run.withMarks(run.marks().late());
        if (catchUp.equals(Optional.of(CatchUp.NONE))) {
            ends.open(run);
            ends.end(run, RunState.SKIPPED, moment.nowMs(), paused.why().verdictReason());
            return "its fire is skipped";
        }
        return openOnce(spec, run, moment) ? "it runs now" : DEADLINE_PASSED;
    }

    private String resumeRecurring(JobSpec spec, JobState state, long endMs, Optional<CatchUp> catchUp, Moment moment) {
        JobState.Paused paused = state.paused().orElseThrow();
        PastFires.Verdict verdict =
                new PastFires.Verdict(RunState.SKIPPED, paused.why().verdictReason(), state.fired());
        Optional<Stretch> passed =
                past.stretch(spec, paused.next().orElseThrow().nominalMs(), endMs, verdict);
        if (passed.isEmpty()) {
            goOn(spec, state.resumed(moment.nowMs(), paused.next()), moment);
            return "";
        }
        Stretch all = passed.get();
        long runs = decidePast(spec, all, catchUp.orElse(CatchUp.NONE), moment);
        JobState now = workspace.state(spec.id()).orElse(state);
        Optional<NextFire> following = plan.next(spec, all.toMs(), state.fired() + all.count());
        goOn(spec, now.resumed(moment.nowMs(), Optional.empty()).decided(all.toMs(), all.count(), following), moment);
        return all.count() - runs + " fires are skipped" + (runs > 0 ? ", " + runs + " caught up with" : "");
    }

    private void goOn(JobSpec spec, JobState after, Moment moment) {
        boolean over = after.next().isEmpty()
                && !(spec.schedule() instanceof Schedule.Manual)
                && workspace.openRuns(spec.id()).isEmpty();
        ends.putState(spec, workspace.state(spec.id()), over ? after.over(JobPhase.FINISHED, moment.nowMs()) : after);
        after.next().ifPresent(next -> workspace.effect(new Effect.ArmJob(next.dueMs(), spec.id())));
    }

    /** Decides a stretch of the past; answers how many runs were made. */
    private long decidePast(JobSpec spec, Stretch all, CatchUp policy, Moment moment) {
        long runs = past.decide(spec, all, policy, moment);
        if (policy == CatchUp.LAST) {
            fireNow(spec, plan.fire(spec, all.toMs()), Run.Marks.CATCH_UP, moment);
            runs++;
        }
        return runs;
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
        ends.retryNow(run.get(), moment.nowMs());
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
        if (heldBack(spec, moment)) {
            return;
        }
        workspace.countsDelta().job(spec.tenant(), JobPhase.SCHEDULED, -1);
        workspace.countsDelta().oneOffsDecided(spec.tenant(), 1);
        openOnce(spec, scheduledRun(spec, next, moment), moment);
    }

    /** Holds a job that comes due back where its tenant, or everything, is paused. */
    private boolean heldBack(JobSpec spec, Moment moment) {
        Optional<PauseOrder> order = workspace.pauseOver(spec.tenant());
        order.ifPresent(found -> pause(spec, found.pause(), moment));
        return order.isPresent();
    }

    /** False when it is too late for it. */
    private boolean openOnce(JobSpec spec, Run run, Moment moment) {
        workspace.count(Effect.Metric.FIRED, 1);
        ends.open(run);
        if (plan.lastStartMs(spec, run.id(), run.times().dueMs()) < moment.nowMs()) {
            ends.end(run, RunState.MISSED, moment.nowMs(), DEADLINE_PASSED);
            return false;
        }
        return true;
    }

    private void fireNext(JobSpec spec, JobState state, NextFire next, Moment moment) {
        if (next.dueMs() > moment.nowMs()) {
            workspace.effect(new Effect.ArmJob(next.dueMs(), spec.id()));
            return;
        }
        if (heldBack(spec, moment)) {
            return;
        }
        if (spec.schedule() instanceof Schedule.Once) {
            countOnce(spec, state);
            ends.putState(spec, Optional.of(state), state.decided(next.nominalMs(), 1, Optional.empty()));
            openOnce(spec, scheduledRun(spec, next, moment), moment);
            return;
        }
        boolean misfire = next.dueMs() < moment.servingSinceMs();
        long through = misfire ? catchUp(spec, state, next, moment) : fireNow(spec, next, Run.Marks.NONE, moment);
        long decided = plan.countBetween(spec, next.nominalMs() - 1, through, state.fired());
        Optional<NextFire> following = plan.next(spec, through, state.fired() + decided);
        JobState after = workspace.state(spec.id()).orElse(state).decided(through, decided, following);
        goOn(spec, after, moment);
    }

    /** Fires a nominal instant that has come but waits for its splay: an edit ends the rule that made it wait. */
    void fireAhead(JobSpec spec, JobState state, NextFire next, Moment moment) {
        if (!heldBack(spec, moment)) {
            long nominalMs = fireNow(spec, next, Run.Marks.NONE, moment);
            Optional<NextFire> following = plan.next(spec, nominalMs, state.fired() + 1L);
            goOn(spec, workspace.state(spec.id()).orElse(state).decided(nominalMs, 1, following), moment);
        }
    }

    /** Fires one nominal instant, as the overlap policy allows; returns it. */
    private long fireNow(JobSpec spec, NextFire next, Run.Marks marks, Moment moment) {
        workspace.count(Effect.Metric.FIRED, 1);
        Run run = scheduledRun(spec, next, moment).withMarks(marks);
        switch (overlap.beside(spec, workspace.openRuns(spec.id()), moment.nowMs())) {
            case START -> ends.open(run);
            case WAIT -> ends.open(run.withMarks(marks.waiting()));
            case NOT -> {
                workspace.count(Effect.Metric.SKIPPED, 1);
                ends.ledger().enter(spec, next.nominalMs(), RunState.SKIPPED, Optional.of(SKIPPED_OVERLAP));
            }
        }
        return next.nominalMs();
    }

    /** Gives all that came due and has no verdict yet one; returns the new state. */
    JobState settle(JobSpec spec, JobState state, PastFires.Verdict verdict, Moment moment) {
        Optional<NextFire> overdue = state.ahead().filter(next -> next.dueMs() <= moment.nowMs());
        if (overdue.isEmpty()) {
            return state;
        }
        NextFire next = overdue.get();
        if (!spec.schedule().repeats()) {
            countOnce(spec, state);
            return state.decided(next.nominalMs(), 1, Optional.empty());
        }
        Optional<Stretch> passed = past.stretch(spec, next.nominalMs(), moment.nowMs(), verdict);
        if (passed.isEmpty()) {
            return state;
        }
        Stretch all = passed.get();
        past.decide(spec, all, CatchUp.NONE, moment);
        return state.decided(all.toMs(), all.count(), plan.next(spec, all.toMs(), state.fired() + all.count()));
    }

    /** Decides all misfires of a job at once; returns the last nominal instant decided. */
    private long catchUp(JobSpec spec, JobState state, NextFire next, Moment moment) {
        Optional<Stretch> passed = past.stretch(
                spec,
                next.nominalMs(),
                moment.servingSinceMs() - 1,
                new PastFires.Verdict(RunState.MISSED, MISSED_DOWN, state.fired()));
        if (passed.isEmpty()) {
            return fireNow(spec, next, Run.Marks.CATCH_UP, moment);
        }
        Stretch all = passed.get();
        CatchUp policy = spec.policy().catchUp();
        long withinMs = Math.max(CATCH_UP_LAST_WITHIN_MS, plan.periodMs(spec, all.toMs()));
        boolean tooOld = policy == CatchUp.LAST && moment.nowMs() - all.toMs() > withinMs;
        decidePast(spec, all, tooOld ? CatchUp.NONE : policy, moment);
        return all.toMs();
    }

    private static Run scheduledRun(JobSpec spec, NextFire next, Moment moment) {
        return Runs.fresh(
                spec,
                RunId.scheduled(spec.id(), next.nominalMs()),
                new Run.Times(next.dueMs(), moment.nowMs(), -1, -1),
                next.dueMs() < moment.servingSinceMs() ? Run.Marks.CATCH_UP : Run.Marks.NONE);
    }
}
