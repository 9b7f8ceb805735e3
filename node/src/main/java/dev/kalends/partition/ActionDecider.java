package dev.kalends.partition;

import dev.kalends.api.ErrorCode;
import dev.kalends.job.DeadLetter;
import dev.kalends.job.JobId;
import dev.kalends.job.JobPhase;
import dev.kalends.job.JobSpec;
import dev.kalends.job.JobState;
import dev.kalends.job.Limits;
import dev.kalends.job.Overlap;
import dev.kalends.job.Pause;
import dev.kalends.job.PauseOrder;
import dev.kalends.job.Run;
import dev.kalends.job.RunId;
import dev.kalends.job.RunKind;
import dev.kalends.job.RunState;
import dev.kalends.job.Schedule;
import dev.kalends.job.StopAsked;
import dev.kalends.journal.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What people do to jobs and runs: cancel, trigger, rerun, redrive, discard. */
final class ActionDecider {
    private static final String CANCELLED = "cancelled";

    private final Workspace workspace;
    private final RunEnds ends;
    private final FireDecider fires;

    ActionDecider(Workspace workspace, RunEnds ends, FireDecider fires) {
        this.workspace = workspace;
        this.ends = ends;
        this.fires = fires;
    }

    Reply cancel(Command.Cancel command, Moment moment) {
        Optional<JobSpec> found = workspace.spec(command.job());
        if (found.isEmpty()) {
            return noJob(command.job());
        }
        JobSpec spec = found.get();
        Optional<JobState> before = workspace.state(spec.id());
        JobState state = ends.stateOf(spec);
        List<Run> open = workspace.openRuns(spec.id());
        if (open.isEmpty() && state.phase().isOver()) {
            return act(spec.id(), "already_" + state.phase().name().toLowerCase(java.util.Locale.ROOT), "");
        }
        JobState decided = fires.settle(
                spec,
                state,
                new PastFires.Verdict(RunState.CANCELLED, FireDecider.JOB_CANCELLED, state.fired()),
                moment);
        workspace.backfills().stream()
                .filter(backfill -> backfill.job().equals(spec.id()))
                .forEach(backfill -> workspace.put(new Change.RemoveBackfill(spec.id(), backfill.number())));
        ends.putState(spec, before, decided.over(JobPhase.CANCELLED, moment.nowMs()));
        List<RunId> executing = new ArrayList<>();
        for (Run run : open) {
            if (run.state() == RunState.LEASED) {
                executing.add(run.id());
                if (command.stop() == Command.Stop.STOP_RUNNING) {
                    fires.overlap().askToStop(run, StopAsked.BY_CANCEL);
                }
            } else {
                ends.end(run, RunState.CANCELLED, moment.nowMs(), FireDecider.JOB_CANCELLED);
            }
        }
        return new Reply.Acted(
                List.of(new Reply.Act(spec.id().toString(), CANCELLED, detail(command.stop(), executing), executing)));
    }

    private static String detail(Command.Stop stop, List<RunId> executing) {
        if (executing.isEmpty()) {
            return "";
        }
        String runs = executing.size() == 1 ? "1 run is executing" : executing.size() + " runs are executing";
        return runs
                + (stop == Command.Stop.STOP_RUNNING
                        ? "; its worker was asked to stop it"
                        : " and will finish; --running asks the worker to stop");
    }

    Reply cancelRun(Command.CancelRun command, Moment moment) {
        Optional<Run> open = workspace.run(command.run());
        if (open.isEmpty()) {
            Optional<Run> over = workspace.finished(command.run());
            return over.isEmpty()
                    ? noRun(command.run())
                    : act(command.run(), "already_" + over.get().state().word(), "");
        }
        Run run = open.get();
        if (run.state() != RunState.LEASED) {
            ends.end(run, RunState.CANCELLED, moment.nowMs(), "cancelled on request");
            return act(run.id(), CANCELLED, "");
        }
        if (command.stop() == Command.Stop.LET_FINISH) {
            return new Reply.Refused(
                    ErrorCode.CONFLICT,
                    "the run is executing; run=" + run.id(),
                    "--running asks its worker to stop it");
        }
        fires.overlap().askToStop(run, StopAsked.BY_CANCEL);
        return act(run.id(), "cancelling", "its worker was asked to stop it");
    }

    Reply trigger(Command.Trigger command, Moment moment) {
        Optional<JobSpec> spec = workspace.spec(command.job());
        return spec.isEmpty() ? noJob(command.job()) : manual(spec.get(), command.force(), moment);
    }

    private Reply manual(JobSpec spec, Command.Force force, Moment moment) {
        JobState state = ends.stateOf(spec);
        if (state.phase() == JobPhase.CANCELLED) {
            return new Reply.Refused(
                    ErrorCode.CONFLICT, "the job is cancelled; job=" + spec.display(), "submit it again");
        }
        Optional<Pause> pause = state.paused()
                .map(JobState.Paused::why)
                .or(() -> workspace.pauseOver(spec.tenant()).map(PauseOrder::pause));
        if (force == Command.Force.HEED && pause.isPresent()) {
            return new Reply.Refused(
                    ErrorCode.CONFLICT,
                    pause.get().verdictReason() + "; job=" + spec.display(),
                    "resume it first, or use --force to run it all the same");
        }
        int number = state.numbers().manual() + 1;
        RunId id = new RunId(spec.id(), moment.nowMs(), RunKind.MANUAL, number);
        Run run = Runs.fresh(
                spec,
                id,
                new Run.Times(moment.nowMs(), moment.nowMs(), -1, -1),
                force == Command.Force.IGNORE ? Run.Marks.FORCED : Run.Marks.NONE);
        List<Run> open = workspace.openRuns(spec.id());
        OverlapRule.Beside beside = force == Command.Force.IGNORE
                ? OverlapRule.Beside.START
                : fires.overlap().beside(spec, open, moment.nowMs());
        if (beside == OverlapRule.Beside.NOT) {
            return new Reply.Refused(
                    ErrorCode.CONFLICT,
                    "an earlier run is still open; run=" + open.getFirst().id(),
                    "wait for it, or use --force to run beside it");
        }
        ends.putState(
                spec,
                workspace.state(spec.id()),
                workspace
                        .state(spec.id())
                        .orElse(state)
                        .withNumbers(
                                new JobState.Numbers(number, state.numbers().backfill())));
        ends.open(beside == OverlapRule.Beside.WAIT ? run.withMarks(run.marks().waiting()) : run);
        return new Reply.Acted(List.of(new Reply.Act(spec.id().toString(), "triggered", "", List.of(id))));
    }

    Reply rerun(Command.Rerun command, Moment moment) {
        Optional<DeadLetter> letter = workspace.dead(command.run());
        if (letter.isPresent()) {
            return new Reply.Acted(List.of(redrive(letter.get(), moment)));
        }
        if (workspace.run(command.run()).isPresent()) {
            return new Reply.Refused(
                    ErrorCode.CONFLICT, "the run is not over yet; run=" + command.run(), "wait for it, or cancel it");
        }
        Optional<JobSpec> spec = workspace
                .finished(command.run())
                .flatMap(run -> workspace.spec(run.id().job()));
        return spec.isEmpty() ? noRun(command.run()) : manual(spec.get(), Command.Force.HEED, moment);
    }

    Reply redrive(Command.Redrive command, Moment moment) {
        List<Reply.Act> acts = new ArrayList<>();
        for (RunId id : command.runs()) {
            acts.add(workspace
                    .dead(id)
                    .map(letter -> redrive(letter, moment))
                    .orElseGet(() -> new Reply.Act(id.toString(), "not_found", "no dead letter", List.of())));
        }
        return new Reply.Acted(acts);
    }

    private Reply.Act redrive(DeadLetter letter, Moment moment) {
        RunId id = letter.run().id();
        Optional<JobSpec> spec = workspace.spec(id.job());
        if (spec.isEmpty()) {
            return new Reply.Act(id.toString(), "blocked", "its job is gone", List.of());
        }
        if (workspace
                .state(id.job())
                .filter(state -> state.phase() == JobPhase.CANCELLED)
                .isPresent()) {
            return new Reply.Act(id.toString(), "blocked", "its job is cancelled", List.of());
        }
        List<Run> open = workspace.openRuns(id.job());
        if (!open.isEmpty() && spec.get().policy().overlap() != Overlap.ALLOW) {
            return new Reply.Act(
                    id.toString(),
                    "blocked",
                    "a run is open; run=" + open.getFirst().id(),
                    List.of());
        }
        ends.reopen(letter, moment.nowMs());
        return new Reply.Act(id.toString(), "reopened", "", List.of(id));
    }

    Reply discard(Command.Discard command) {
        List<Reply.Act> acts = new ArrayList<>();
        for (RunId id : command.runs()) {
            Optional<DeadLetter> letter = workspace.dead(id);
            letter.ifPresent(this::drop);
            acts.add(new Reply.Act(id.toString(), letter.isPresent() ? "discarded" : "not_found", "", List.of()));
        }
        return new Reply.Acted(acts);
    }

    void sweep(Command.Sweep sweep, Moment moment) {
        sweep.requests().forEach(id -> workspace.put(new Change.RemoveRequest(id)));
        sweep.keys().forEach(id -> workspace.put(new Change.RemoveSubmitKey(id)));
        sweep.letters().forEach(id -> workspace.dead(id).ifPresent(this::drop));
        sweep.jobs().forEach(id -> forget(id, moment.nowMs()));
    }

    private void drop(DeadLetter letter) {
        workspace.put(new Change.RemoveDead(letter.run().id()));
        workspace.countsDelta().dead(letter.run().route().tenant(), -1);
    }

    /** A job without history may be one that was cancelled a moment ago: only time makes it forgotten. */
    private void forget(JobId id, long nowMs) {
        Optional<JobSpec> spec = workspace.spec(id);
        Optional<JobState> state = workspace.state(id);
        if (spec.isEmpty()
                || state.isEmpty()
                || !workspace.openRuns(id).isEmpty()
                || nowMs - state.get().phaseSinceMs() < Limits.JOB_KEPT_MS) {
            return;
        }
        switch (state.get().phase()) {
            case SCHEDULED, PAUSED -> {}
            case FINISHED, CANCELLED -> {
                workspace.countsDelta().job(spec.get().tenant(), state.get().phase(), -1);
                if (spec.get().schedule() instanceof Schedule.Once
                        && state.get().lastNominalMs() >= 0) {
                    workspace.countsDelta().oneOffsDecided(spec.get().tenant(), -1);
                }
                workspace.put(new Change.RemoveJob(id));
            }
        }
    }

    private static Reply.Acted act(Object id, String outcome, String detail) {
        return new Reply.Acted(List.of(new Reply.Act(id.toString(), outcome, detail, List.of())));
    }

    private static Reply noJob(JobId job) {
        return new Reply.Refused(ErrorCode.NOT_FOUND, "no such job; job=" + job, "list jobs with: kalends ls");
    }

    static Reply noRun(RunId run) {
        return new Reply.Refused(ErrorCode.NOT_FOUND, "no such run; run=" + run, "list runs with: kalends runs");
    }
}
