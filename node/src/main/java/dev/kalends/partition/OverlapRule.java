package dev.kalends.partition;

import dev.kalends.job.JobSpec;
import dev.kalends.job.Overlap;
import dev.kalends.job.Run;
import dev.kalends.job.RunKind;
import dev.kalends.job.RunState;
import dev.kalends.job.StopAsked;
import java.util.List;

/**
 * Says whether one more run of a job may start beside its open ones.
 *
 * <p>Backfills yield: a scheduled or manual run that meets only runs of a backfill waits for one that executes, and
 * goes before those that wait for a worker or for a retry; it is never lost to one.
 */
final class OverlapRule {
    static final String REPLACED = "replaced by a later run";

    private final Workspace workspace;
    private final RunEnds ends;

    OverlapRule(Workspace workspace, RunEnds ends) {
        this.workspace = workspace;
        this.ends = ends;
    }

    /** What a new run does beside the open ones. */
    enum Beside {
        START,
        WAIT,
        NOT
    }

    /** Applies the overlap policy to the open runs of a job, for one more run that is no backfill. */
    Beside beside(JobSpec spec, List<Run> open, long nowMs) {
        if (open.isEmpty() || spec.policy().overlap() == Overlap.ALLOW) {
            return Beside.START;
        }
        List<Run> others =
                open.stream().filter(run -> run.id().kind() != RunKind.BACKFILL).toList();
        if (others.isEmpty()) {
            return besideBackfill(open);
        }
        return switch (spec.policy().overlap()) {
            case SKIP -> Beside.NOT;
            case ALLOW -> Beside.START;
            case QUEUE ->
                others.stream()
                                .anyMatch(run ->
                                        run.marks().held() && !run.marks().catchUp())
                        ? Beside.NOT
                        : Beside.WAIT;
            case REPLACE -> replaced(others, nowMs) && others.size() == open.size() ? Beside.START : Beside.WAIT;
        };
    }

    private Beside besideBackfill(List<Run> backfill) {
        if (backfill.stream().anyMatch(run -> run.state() == RunState.LEASED)) {
            return Beside.WAIT;
        }
        backfill.stream()
                .filter(run -> run.state() == RunState.READY && !run.marks().held())
                .forEach(run -> ends.move(run, run.withMarks(run.marks().waiting())));
        return Beside.START;
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
}
