package dev.kalends.partition;

import dev.kalends.api.ErrorCode;
import dev.kalends.job.JobSpec;
import dev.kalends.job.JobState;
import dev.kalends.job.JobState.NextFire;
import dev.kalends.job.RunState;
import dev.kalends.job.Schedule;
import dev.kalends.journal.Change;
import dev.kalends.schedule.ScheduleFormatException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Makes new generations of jobs.
 *
 * <p>A generation rules the nominal instants after its acceptance; those up to it are decided by the one before: what
 * is due fires, what waits for its splay fires now, what a pause held back is skipped. Open runs keep theirs.
 */
final class EditDecider {
    private final Workspace workspace;
    private final FirePlan plan;
    private final RunEnds ends;
    private final FireDecider fires;

    EditDecider(Workspace workspace, FirePlan plan, RunEnds ends, FireDecider fires) {
        this.workspace = workspace;
        this.plan = plan;
        this.ends = ends;
        this.fires = fires;
    }

    Reply edit(Command.Edit command, Moment moment) {
        Optional<JobSpec> found = workspace.spec(command.job());
        if (found.isEmpty()) {
            return new Reply.Refused(
                    ErrorCode.NOT_FOUND, "no such job; job=" + command.job(), "list jobs with: kalends ls");
        }
        JobSpec old = found.get();
        if (old.generation() != command.generation()) {
            return new Reply.Refused(
                    ErrorCode.CONFLICT,
                    "somebody else edited the job meanwhile; generation=" + old.generation() + " edited="
                            + command.generation(),
                    "look at it with: kalends show " + old.display() + ", then edit again");
        }
        decidePast(old, moment);
        JobState state = ends.stateOf(old);
        JobSpec spec = spec(old, command.draft(), moment.nowMs());
        Optional<Reply.Refused> refused = refusal(old, state, spec);
        if (refused.isPresent()) {
            return refused.get();
        }
        Optional<NextFire> next = nextFire(spec, state, moment);
        if (next.isEmpty() && !(spec.schedule() instanceof Schedule.Manual)) {
            return new Reply.Refused(
                    ErrorCode.INVALID,
                    "the schedule never fires after now, or not before the year 10000",
                    "look at it with: kalends next --cron '…'; check --from, --until and --max-runs");
        }
        long dueMs = next.map(NextFire::dueMs).orElse(-1L);
        workspace.put(new Change.PutSpec(spec, spec.schedule().repeats() ? -1 : dueMs));
        if (!spec.schedule().repeats() && state.lastNominalMs() >= 0) {
            // It was held back and had come due; at its new time it comes due again.
            workspace.countsDelta().oneOffsDecided(spec.tenant(), -1);
        }
        JobState edited = state.edited(spec.generation(), next);
        ends.putState(old, workspace.state(old.id()), edited);
        edited.wakeMs().ifPresent(wakeMs -> workspace.effect(new Effect.ArmJob(wakeMs, spec.id())));
        String detail = "generation " + spec.generation();
        return new Reply.Acted(List.of(new Reply.Act(spec.id().toString(), "edited", detail, List.of())));
    }

    private static JobSpec spec(JobSpec old, Draft draft, long nowMs) {
        return new JobSpec(
                old.id(),
                old.generation() + 1,
                old.name(),
                SubmitDecider.schedule(draft.when(), nowMs),
                draft.window(),
                draft.work(),
                draft.policy(),
                draft.labels(),
                nowMs);
    }

    /** What the old generation rules is decided before the new one begins. */
    private void decidePast(JobSpec old, Moment moment) {
        fires.fire(old.id(), moment);
        if (!old.schedule().repeats()) {
            return;
        }
        JobState fired = ends.stateOf(old);
        fired.next()
                .filter(next -> next.nominalMs() <= moment.nowMs())
                .ifPresent(next -> fires.fireAhead(old, fired, next, moment));
        JobState state = ends.stateOf(old);
        if (state.paused().isPresent()) {
            String why = state.paused().get().why().verdictReason();
            Moment splayed = new Moment(moment.nowMs() + old.movedMs(), moment.servingSinceMs(), moment.partition());
            JobState settled =
                    fires.settle(old, state, new PastFires.Verdict(RunState.SKIPPED, why, state.fired()), splayed);
            if (!settled.equals(state)) {
                ends.putState(old, Optional.of(state), settled);
            }
        }
    }

    private Optional<Reply.Refused> refusal(JobSpec old, JobState state, JobSpec spec) {
        if (state.phase().isOver()) {
            return conflict(
                    "the job is " + state.phase().name().toLowerCase(Locale.ROOT) + "; job=" + old.display(),
                    "submit it again");
        }
        if (!old.schedule().repeats() && state.ahead().isEmpty()) {
            return conflict("the job has fired already; job=" + old.display(), "submit it again");
        }
        if (old.schedule().repeats() != spec.schedule().repeats()) {
            return Optional.of(new Reply.Refused(
                    ErrorCode.INVALID,
                    "a job that runs once cannot become one that repeats, nor the other way; job=" + old.display(),
                    "cancel it and submit another"));
        }
        return Optional.empty();
    }

    private static Optional<Reply.Refused> conflict(String message, String hint) {
        return Optional.of(new Reply.Refused(ErrorCode.CONFLICT, message, hint));
    }

    private Optional<NextFire> nextFire(JobSpec spec, JobState state, Moment moment) {
        try {
            return switch (spec.schedule()) {
                case Schedule.Once once ->
                    Optional.of(once)
                            .filter(at -> at.atMs() >= 0 && at.atMs() <= dev.kalends.job.RunId.NOMINAL_MAX_MS)
                            .map(at -> plan.once(spec, at));
                case Schedule.Manual _ -> Optional.empty();
                case Schedule.Every _, Schedule.Cron _, Schedule.Except _ ->
                    plan.next(spec, Math.max(moment.nowMs(), state.lastNominalMs()), state.fired());
            };
        } catch (ScheduleFormatException e) {
            return Optional.empty();
        }
    }
}
