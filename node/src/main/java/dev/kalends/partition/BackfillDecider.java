package dev.kalends.partition;

import dev.kalends.api.ErrorCode;
import dev.kalends.job.Backfill;
import dev.kalends.job.JobPhase;
import dev.kalends.job.JobSpec;
import dev.kalends.job.JobState;
import dev.kalends.job.Overlap;
import dev.kalends.job.Run;
import dev.kalends.job.RunId;
import dev.kalends.job.RunKind;
import dev.kalends.job.RunState;
import dev.kalends.job.Schedule;
import dev.kalends.journal.Change;
import java.util.List;
import java.util.Optional;

/**
 * Makes up for stretches of the past, on request: metered, a bounded number of runs open at a time, and behind every
 * scheduled run where runs may not overlap.
 */
final class BackfillDecider {
    /** Runs of one backfill that are open at a time. */
    static final int OPEN_MAX = 100;

    private final Workspace workspace;
    private final FirePlan plan;
    private final RunEnds ends;

    BackfillDecider(Workspace workspace, FirePlan plan, RunEnds ends) {
        this.workspace = workspace;
        this.plan = plan;
        this.ends = ends;
    }

    Reply begin(Command.Backfill command, Moment moment) {
        Optional<JobSpec> found = workspace.spec(command.job());
        if (found.isEmpty()) {
            return refused(ErrorCode.NOT_FOUND, "no such job; job=" + command.job(), "list jobs with: kalends ls");
        }
        JobSpec spec = found.get();
        JobState state = ends.stateOf(spec);
        if (state.phase() == JobPhase.CANCELLED) {
            return refused(ErrorCode.CONFLICT, "the job is cancelled; job=" + spec.display(), "submit it again");
        }
        if (spec.schedule() instanceof Schedule.Manual || !spec.schedule().repeats()) {
            return refused(
                    ErrorCode.INVALID,
                    "only a job that repeats has a past to make up for; job=" + spec.display(),
                    "run it now with: kalends trigger " + spec.display());
        }
        if (workspace.backfills().stream().anyMatch(one -> one.job().equals(spec.id()))) {
            return refused(
                    ErrorCode.CONFLICT,
                    "a backfill of the job is going on; job=" + spec.display(),
                    "wait for it, or end it with: kalends backfill " + spec.display() + " --cancel");
        }
        long untilMs = Math.min(command.untilMs(), moment.nowMs() + 1);
        long total = plan.countBetween(spec, command.fromMs() - 1, untilMs - 1, 0);
        if (total < 1 || total > Backfill.RUNS_MAX) {
            return refused(
                    ErrorCode.INVALID,
                    total < 1
                            ? "the job has no fire in that stretch of the past; job=" + spec.display()
                            : "a backfill makes at most " + Backfill.RUNS_MAX + " runs; runs=" + total,
                    "see what it would do with: kalends backfill " + spec.display() + " … --dry-run");
        }
        int number = state.numbers().backfill() + 1;
        long first = plan.nth(spec, command.fromMs() - 1, 1, untilMs - 1);
        Backfill backfill =
                new Backfill(spec.id(), number, spec.generation(), first, untilMs, 0, total, command.perSec());
        ends.putState(
                spec,
                workspace.state(spec.id()),
                state.withNumbers(new JobState.Numbers(state.numbers().manual(), number)));
        workspace.put(new Change.PutBackfill(backfill));
        return new Reply.Acted(List.of(new Reply.Act(spec.id().toString(), "backfilling", total + " runs", List.of())));
    }

    Reply cancel(Command.CancelBackfill command, Moment moment) {
        long ended = 0;
        for (Backfill backfill : workspace.backfills()) {
            if (backfill.job().equals(command.job())) {
                workspace.put(new Change.RemoveBackfill(backfill.job(), backfill.number()));
                ended++;
            }
        }
        long cancelled = 0;
        for (Run run : workspace.openRuns(command.job())) {
            if (run.id().kind() == RunKind.BACKFILL && run.state() != RunState.LEASED) {
                ends.end(run, RunState.CANCELLED, moment.nowMs(), "its backfill was cancelled");
                cancelled++;
            }
        }
        String outcome = ended + cancelled == 0 ? "not_backfilling" : "cancelled";
        return new Reply.Acted(List.of(new Reply.Act(
                command.job().toString(), outcome, cancelled + " runs that waited are cancelled", List.of())));
    }

    /** Makes the runs that are due since the last time. */
    void tend(long passedMs, Moment moment) {
        for (Backfill backfill : workspace.backfills()) {
            Optional<JobSpec> spec = workspace.spec(backfill.job(), backfill.generation());
            if (spec.isPresent()) {
                advance(spec.get(), backfill, Math.max(1, backfill.perSec() * passedMs / 1_000), moment);
            } else {
                workspace.put(new Change.RemoveBackfill(backfill.job(), backfill.number()));
            }
        }
    }

    private void advance(JobSpec spec, Backfill backfill, long most, Moment moment) {
        List<Run> open = workspace.openRuns(spec.id());
        long openOfIt =
                open.stream().filter(run -> run.id().kind() == RunKind.BACKFILL).count();
        long room = Math.min(Math.min(most, OPEN_MAX - openOfIt), backfill.total() - backfill.made());
        boolean waits = open.stream().anyMatch(run -> RunEnds.holdsBack(spec, run));
        long nominalMs = backfill.nextMs();
        for (long made = 0; made < room; made++) {
            RunId id = new RunId(spec.id(), nominalMs, RunKind.BACKFILL, backfill.number());
            Run run = Runs.fresh(spec, id, new Run.Times(moment.nowMs(), moment.nowMs(), -1, -1), Run.Marks.NONE);
            ends.open(waits ? run.withMarks(run.marks().waiting()) : run);
            waits = spec.policy().overlap() != Overlap.ALLOW;
            boolean more = backfill.made() + made + 1 < backfill.total();
            nominalMs = more ? plan.nth(spec, nominalMs, 1, backfill.untilMs() - 1) : backfill.untilMs();
        }
        if (backfill.made() + room >= backfill.total()) {
            workspace.put(new Change.RemoveBackfill(backfill.job(), backfill.number()));
        } else if (room > 0) {
            workspace.put(new Change.PutBackfill(backfill.advanced(nominalMs, room)));
        }
    }

    private static Reply refused(ErrorCode code, String message, String hint) {
        return new Reply.Refused(code, message, hint);
    }
}
