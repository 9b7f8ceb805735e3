package dev.kalends.partition;

import dev.kalends.job.DeadLetter;
import dev.kalends.job.JobPhase;
import dev.kalends.job.JobSpec;
import dev.kalends.job.JobState;
import dev.kalends.job.JobState.NextFire;
import dev.kalends.job.Limits;
import dev.kalends.job.Overlap;
import dev.kalends.job.Run;
import dev.kalends.job.RunId;
import dev.kalends.job.RunKind;
import dev.kalends.job.RunState;
import dev.kalends.job.Schedule;
import dev.kalends.journal.Change;
import dev.kalends.journal.SubmitKey;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Moves runs between states, with all that hangs on it: counters, ledger, history, dead letters, the job's state. */
final class RunEnds {
    private final Workspace workspace;
    private final Ledger ledger;
    private final FirePlan plan;

    RunEnds(Workspace workspace, FirePlan plan) {
        this.workspace = workspace;
        this.plan = plan;
        this.ledger = new Ledger(workspace, plan);
    }

    Ledger ledger() {
        return ledger;
    }

    /** Makes a new open run. */
    void open(Run run) {
        workspace.put(new Change.PutRun(run));
        workspace.countsDelta().run(run.route().tenant(), run.state(), 1);
        offerIfReady(run);
    }

    /** Puts the next state of an open run. */
    void move(Run from, Run to) {
        workspace.put(new Change.PutRun(to));
        workspace.countsDelta().run(from.route().tenant(), from.state(), -1);
        workspace.countsDelta().run(to.route().tenant(), to.state(), 1);
        if (to.lease().isEmpty()) {
            leaseEnded(from);
        }
        if (to.state() == RunState.RETRYING) {
            workspace.effect(new Effect.ArmRun(to.wakeMs(), to.id()));
        }
        if (from.state() != RunState.READY || from.marks().held()) {
            offerIfReady(to);
        }
    }

    private void leaseEnded(Run from) {
        from.lease().ifPresent(lease -> {
            workspace.effect(new Effect.LeaseEnded(lease.token()));
            workspace.ready().leaseEnded(from.id());
        });
    }

    /** An attempt failed: its run waits for the next one, and a backfill's lets others go first. */
    void retryLater(JobSpec spec, Run from, Run retrying, long nowMs) {
        move(from, retrying);
        if (retrying.id().kind() == RunKind.BACKFILL) {
            releaseHeld(spec, nowMs);
        }
    }

    /** A retry is due: its run is ready, a backfill's when it has its turn. */
    void retryNow(Run run, long nowMs) {
        Run ready = run.ready(nowMs);
        JobSpec spec = workspace.spec(run.id().job(), run.generation()).orElseThrow();
        boolean waits = run.id().kind() == RunKind.BACKFILL
                && workspace.openRuns(run.id().job()).stream().anyMatch(other -> holdsBack(spec, other));
        move(run, waits ? ready.withMarks(ready.marks().waiting()) : ready);
    }

    private void offerIfReady(Run run) {
        if (run.state() == RunState.READY && !run.marks().held()) {
            workspace.ready().add(run);
        }
    }

    /** Ends an open run: it leaves the keyed state and becomes history. */
    void end(Run from, Run ended) {
        JobSpec spec = workspace.spec(ended.id().job(), ended.generation()).orElseThrow();
        workspace.put(new Change.RemoveRun(ended.id()));
        workspace.put(new Change.AppendHistory(ended));
        workspace.countsDelta().run(from.route().tenant(), from.state(), -1);
        leaseEnded(from);
        if (ended.state() == RunState.DEAD) {
            String error = ended.reason().orElse("failed");
            workspace.put(new Change.PutDead(new DeadLetter(
                    ended, Fingerprint.of(error), error, ended.times().finishedMs())));
            workspace.countsDelta().dead(ended.route().tenant(), 1);
        }
        if (ended.id().kind() == RunKind.SCHEDULED && spec.schedule().repeats()) {
            ledger.enter(spec, ended.id().nominalMs(), ended.state(), ledgerReason(ended));
        }
        countEnd(ended);
        jobAfterRun(spec, ended);
        releaseHeld(spec, ended.times().finishedMs());
    }

    /** Ends an open run without a finished attempt. */
    void end(Run from, RunState terminal, long nowMs, String why) {
        end(from, from.ended(terminal, nowMs, Optional.of(why)));
    }

    /** Reopens a run that ended dead, with a new series of attempts. */
    void reopen(DeadLetter letter, long nowMs) {
        Run run = letter.run();
        workspace.put(new Change.RemoveDead(run.id()));
        workspace.countsDelta().dead(run.route().tenant(), -1);
        workspace.spec(run.id().job(), run.generation()).ifPresent(spec -> {
            if (run.id().kind() == RunKind.SCHEDULED && spec.schedule().repeats()) {
                ledger.takeBack(spec, run.id().nominalMs());
            }
        });
        open(run.ready(nowMs));
    }

    /** Writes a job's new state, counts the phase it is in, and lets its submit key expire once it is over. */
    void putState(JobSpec spec, Optional<JobState> before, JobState after) {
        counted(spec, before).ifPresent(phase -> workspace.countsDelta().job(spec.tenant(), phase, -1));
        counted(spec, Optional.of(after))
                .ifPresent(phase -> workspace.countsDelta().job(spec.tenant(), phase, 1));
        if (after.phase().isOver() && before.map(JobState::phase).orElse(JobPhase.SCHEDULED) != after.phase()) {
            keyExpires(spec, after.phaseSinceMs() + Limits.KEY_KEPT_MS);
        }
        workspace.put(new Change.PutState(after));
    }

    /** The phase that a job counts in: none while a one-off's run is open. */
    private Optional<JobPhase> counted(JobSpec spec, Optional<JobState> state) {
        if (state.isPresent()) {
            boolean waits = state.get().next().isPresent() || spec.schedule() instanceof Schedule.Manual;
            return state.map(JobState::phase).filter(phase -> phase != JobPhase.SCHEDULED || waits);
        }
        return decidedWithoutState(spec) ? Optional.empty() : Optional.of(JobPhase.SCHEDULED);
    }

    private boolean decidedWithoutState(JobSpec spec) {
        return spec.schedule() instanceof Schedule.Once once
                && workspace.touchedOrOpen(RunId.scheduled(spec.id(), once.atMs()));
    }

    private void keyExpires(JobSpec spec, long expiresMs) {
        spec.name().key().ifPresent(key -> {
            SubmitKey.Id id = new SubmitKey.Id(spec.tenant(), spec.name().name(), key);
            workspace
                    .submitKey(id)
                    .filter(entry -> entry.job().equals(spec.id()))
                    .ifPresent(entry -> workspace.put(
                            new Change.PutSubmitKey(new SubmitKey(id, entry.job(), entry.bodyHash(), expiresMs))));
        });
    }

    /** A state row for a job that may not have one yet. */
    JobState stateOf(JobSpec spec) {
        return workspace.state(spec.id()).orElseGet(() -> {
            Optional<NextFire> next = Optional.empty();
            if (spec.schedule() instanceof Schedule.Once once && !decidedWithoutState(spec)) {
                next = Optional.of(plan.once(spec, once));
            }
            return JobState.accepted(spec.id(), spec.acceptedMs(), next);
        });
    }

    private void jobAfterRun(JobSpec spec, Run ended) {
        Optional<JobState> before = workspace.state(spec.id());
        JobState after = stateOf(spec).withLastRun(ended.id());
        if (spec.schedule() instanceof Schedule.Once once && ended.id().kind() == RunKind.SCHEDULED) {
            after = after.decided(once.atMs(), after.lastNominalMs() < 0 ? 1 : 0, Optional.empty());
        }
        boolean over = after.next().isEmpty()
                && !(spec.schedule() instanceof Schedule.Manual)
                && after.phase() == JobPhase.SCHEDULED
                && workspace.openRuns(spec.id()).isEmpty();
        putState(
                spec, before, over ? after.over(JobPhase.FINISHED, ended.times().finishedMs()) : after);
    }

    /** Lets the first of the runs that wait behind an open one take its turn; backfills come after all others. */
    private void releaseHeld(JobSpec spec, long nowMs) {
        List<Run> open = workspace.openRuns(spec.id());
        if (open.stream().anyMatch(run -> holdsBack(spec, run))) {
            return;
        }
        open.stream()
                .filter(run -> run.marks().held())
                .min(Comparator.comparing(run -> run.id().kind() == RunKind.BACKFILL))
                .ifPresent(held -> move(held, held.released(nowMs)));
    }

    /** Whether an open run keeps others waiting: where runs may overlap, only the one that is caught up with now. */
    static boolean holdsBack(JobSpec spec, Run run) {
        boolean yields = run.id().kind() == RunKind.BACKFILL && run.state() == RunState.RETRYING;
        return !yields
                && !run.marks().held()
                && (spec.policy().overlap() != Overlap.ALLOW || run.marks().catchUp());
    }

    private static Optional<String> ledgerReason(Run ended) {
        return switch (ended.state()) {
            case SKIPPED, MISSED, CANCELLED -> ended.reason();
            case SUCCEEDED, DEAD, READY, LEASED, RETRYING -> Optional.empty();
        };
    }

    private void countEnd(Run ended) {
        switch (ended.state()) {
            case SUCCEEDED -> workspace.count(Effect.Metric.SUCCEEDED, 1);
            case DEAD -> workspace.count(Effect.Metric.DEAD, 1);
            case CANCELLED -> workspace.count(Effect.Metric.CANCELLED, 1);
            case SKIPPED -> workspace.count(Effect.Metric.SKIPPED, 1);
            case MISSED -> workspace.count(Effect.Metric.MISSED, 1);
            case READY, LEASED, RETRYING -> throw new IllegalStateException("not an end; state=" + ended.state());
        }
    }
}
