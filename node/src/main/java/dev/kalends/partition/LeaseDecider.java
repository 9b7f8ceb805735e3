package dev.kalends.partition;

import dev.kalends.api.ErrorCode;
import dev.kalends.job.Attempt;
import dev.kalends.job.AttemptEnd;
import dev.kalends.job.JobPhase;
import dev.kalends.job.JobSpec;
import dev.kalends.job.JobState;
import dev.kalends.job.Lease;
import dev.kalends.job.LeaseId;
import dev.kalends.job.Limit;
import dev.kalends.job.OnLost;
import dev.kalends.job.Pause;
import dev.kalends.job.PauseOrder;
import dev.kalends.job.Retry;
import dev.kalends.job.Run;
import dev.kalends.job.RunId;
import dev.kalends.job.RunState;
import dev.kalends.job.StopAsked;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Grants leases, keeps them, ends them: what workers ask and report. */
final class LeaseDecider {
    private final Workspace workspace;
    private final FirePlan plan;
    private final RunEnds ends;

    LeaseDecider(Workspace workspace, FirePlan plan, RunEnds ends) {
        this.workspace = workspace;
        this.plan = plan;
        this.ends = ends;
    }

    Reply.Claimed claim(Command.Claim claim, Moment moment) {
        List<Reply.Granted> grants = new ArrayList<>();
        int slots = claim.free();
        int noops = claim.noops();
        while (slots > 0) {
            List<RunId> next = next(claim, slots);
            // What came back from a limit's shelf may have ended meanwhile; then the room is for the next one.
            if (next.isEmpty() && !workspace.ready().refill()) {
                break;
            }
            for (RunId id : next) {
                Optional<Reply.Granted> granted = grant(id, claim.worker(), moment);
                if (granted.isPresent()) {
                    grants.add(granted.get());
                    boolean onTop = noops > 0 && !granted.get().takesSlot();
                    noops -= onTop ? 1 : 0;
                    slots -= onTop ? 0 : 1;
                }
            }
        }
        return new Reply.Claimed(grants, workspace.ready().waitsIn(claim.queues()));
    }

    private List<RunId> next(Command.Claim claim, int most) {
        List<RunId> next = new ArrayList<>();
        for (int i = 0; i < most; i++) {
            Optional<RunId> one = workspace.ready().poll(claim.queues());
            if (one.isEmpty()) {
                break;
            }
            next.add(one.get());
        }
        workspace.expect(next.stream().map(RunId::job).toList());
        return next;
    }

    private Optional<Reply.Granted> grant(RunId id, String worker, Moment moment) {
        Optional<Run> found = workspace
                .run(id)
                .filter(run -> run.state() == RunState.READY && !run.marks().held());
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Run run = found.get();
        JobSpec spec = workspace.spec(id.job(), run.generation()).orElseThrow();
        Optional<ReadyRuns.Shelf> shelf = shelf(run, spec);
        if (shelf.isPresent()) {
            workspace.ready().setAside(shelf.get(), run);
            return Optional.empty();
        }
        boolean never = run.times().startedMs() < 0 && run.attempts().isEmpty();
        if (never && plan.lastStartMs(spec, id, run.times().dueMs()) < moment.nowMs()) {
            ends.end(run, RunState.MISSED, moment.nowMs(), "its deadline had passed");
            return Optional.empty();
        }
        Optional<Limit> usedUp = workspace.ready().limits().usedUp(spec);
        if (usedUp.isPresent()) {
            LimitBook.Key key = new LimitBook.Key(spec.tenant(), usedUp.get().key());
            workspace
                    .ready()
                    .setAside(new ReadyRuns.Shelf.OfLimit(key, usedUp.get().most()), run);
            return Optional.empty();
        }
        workspace.ready().limits().take(id, spec);
        long token = workspace.nextToken();
        Run waited = workspace.ready().wasAside(id) ? run.withMarks(run.marks().late()) : run;
        Run leased = waited.leased(new Lease(token, worker, moment.nowMs()));
        ends.move(run, leased);
        workspace.effect(new Effect.LeaseGranted(id, token, worker));
        return Optional.of(new Reply.Granted(leased, spec));
    }

    /** What holds a run back that could start: a pause of everything, of its tenant, or of its job. */
    private Optional<ReadyRuns.Shelf> shelf(Run run, JobSpec spec) {
        if (run.marks().forced()) {
            return Optional.empty();
        }
        Optional<PauseOrder> order = workspace.pauseOver(spec.tenant());
        if (order.isPresent()) {
            return order.map(found -> ReadyRuns.Shelf.of(found.tenant()));
        }
        if (workspace.counts(spec.tenant()).paused() == 0) {
            return Optional.empty();
        }
        return workspace
                .state(spec.id())
                .flatMap(JobState::paused)
                .filter(paused -> paused.why().by() == Pause.By.JOB)
                .map(_ -> new ReadyRuns.Shelf.OfJob(spec.id()));
    }

    Reply.Renewed renew(Command.Renew renew, Moment moment) {
        for (LeaseId disowned : renew.disowned()) {
            leased(disowned.run(), disowned.token())
                    .filter(run -> run.lease().orElseThrow().worker().equals(renew.worker()))
                    .ifPresent(run -> takeBack(run, moment));
        }
        List<RunId> lost = new ArrayList<>();
        List<RunId> cancel = new ArrayList<>();
        for (Command.Held held : renew.held()) {
            Optional<Run> found = leased(held.run(), held.token());
            if (found.isEmpty()) {
                lost.add(held.run());
                continue;
            }
            Run run = found.get();
            if (held.startedMs() >= 0 && run.times().startedMs() < 0) {
                ends.move(run, started(run, held.startedMs()));
            }
            if (run.lease().orElseThrow().released()) {
                lost.add(held.run());
            } else if (run.marks().stop() != StopAsked.NO) {
                cancel.add(held.run());
            }
        }
        return new Reply.Renewed(lost, cancel);
    }

    /** A grant that never reached its worker: nothing was started, so it is no attempt, and waits for nothing. */
    private void takeBack(Run run, Moment moment) {
        Lease lease = run.lease().orElseThrow();
        boolean wanted = run.marks().stop() == StopAsked.NO && !lease.released();
        if (wanted
                && workspace
                        .state(run.id().job())
                        .filter(LeaseDecider::cancelled)
                        .isEmpty()) {
            ends.move(run, run.undelivered(moment.nowMs()));
        } else {
            finish(run, lost(run, lease, moment.nowMs()), 0, moment);
        }
    }

    private static boolean cancelled(JobState state) {
        return state.phase() == JobPhase.CANCELLED;
    }

    Reply.Reported report(Command.Report report, Moment moment) {
        workspace.expect(
                report.reports().stream().map(finished -> finished.run().job()).toList());
        List<Reply.Verdict> verdicts = new ArrayList<>(report.reports().size());
        for (Finished finished : report.reports()) {
            verdicts.add(one(report.worker(), finished, moment));
        }
        return new Reply.Reported(verdicts);
    }

    void expired(Command.LeaseExpired expired, Moment moment) {
        leased(expired.run(), expired.token()).ifPresent(run -> {
            Lease lease = run.lease().orElseThrow();
            workspace.count(Effect.Metric.LEASES_LOST, lease.released() ? 0 : 1);
            finish(run, lost(run, lease, moment.nowMs()), 0, moment);
        });
    }

    /**
     * Takes a lease back. It ends where it would without any further renewal, not here: a worker that hears nothing of
     * it trusts its lease until then, so the next attempt cannot run beside this one.
     */
    Reply release(Command.Release command, Moment moment) {
        Optional<Run> open = workspace.run(command.run());
        if (open.isEmpty() && workspace.finished(command.run()).isEmpty()) {
            return ActionDecider.noRun(command.run());
        }
        Optional<Run> leased = open.filter(run -> run.lease().isPresent());
        if (leased.isEmpty()) {
            RunState state = open.or(() -> workspace.finished(command.run()))
                    .orElseThrow()
                    .state();
            return new Reply.Refused(
                    ErrorCode.CONFLICT,
                    "no worker holds a lease on this run; state=" + state.word() + " run=" + command.run(),
                    "see who runs what: kalends leases --runs");
        }
        Run run = leased.get();
        Lease lease = run.lease().orElseThrow();
        if (!lease.released()) {
            ends.move(run, run.releasing());
            workspace.effect(new Effect.AskToStop(lease.token()));
        }
        String detail = "worker " + lease.worker() + " is told to stop; once its lease has run out the run "
                + afterRelease(run, lost(run, lease, moment.nowMs()), moment.nowMs());
        return new Reply.Acted(List.of(new Reply.Act(run.id().toString(), "releasing", detail, List.of(run.id()))));
    }

    /** What becomes of a run whose lease ends unreported, in words. */
    private String afterRelease(Run run, Attempt lost, long nowMs) {
        Retry retry = workspace
                .spec(run.id().job(), run.generation())
                .orElseThrow()
                .policy()
                .retry();
        return switch (run.marks().stop()) {
            case BY_CANCEL -> "ends cancelled";
            case BY_REPLACEMENT -> "ends skipped";
            case NO ->
                noRetry(run, lost, retry, nowMs)
                        .map(why -> "ends dead, " + (why.isEmpty() ? "that was its last attempt" : why))
                        .orElseGet(
                                () -> "is tried again, attempt " + (run.attempt() + 1) + " of " + retry.maxAttempts());
        };
    }

    private static Attempt lost(Run run, Lease lease, long nowMs) {
        long startedMs = Math.max(run.times().startedMs(), lease.grantedMs());
        return new Attempt(
                run.attempt(),
                lease.token(),
                lease.worker(),
                startedMs,
                nowMs,
                AttemptEnd.LOST,
                Optional.empty(),
                Optional.of(
                        lease.released()
                                ? "lease released on request: its worker was told to stop"
                                : "lease lost: the worker stopped renewing it"));
    }

    private Optional<Run> leased(RunId id, long token) {
        return workspace
                .run(id)
                .filter(run ->
                        run.lease().filter(lease -> lease.token() == token).isPresent());
    }

    private Reply.Verdict one(String worker, Finished finished, Moment moment) {
        Optional<Run> held = leased(finished.run(), finished.token());
        if (held.isPresent() && held.get().lease().orElseThrow().worker().equals(worker)) {
            Run run = started(held.get(), finished.startedMs());
            finish(run, attempt(run, worker, finished), finished.retryAfterMs(), moment);
            return new Reply.Verdict.Accepted();
        }
        Optional<Run> known = workspace.run(finished.run()).or(() -> workspace.finished(finished.run()));
        boolean repeated = known.stream()
                .flatMap(run -> run.attempts().stream())
                .anyMatch(attempt -> attempt.token() == finished.token()
                        && attempt.worker().equals(worker)
                        && attempt.end() == finished.end());
        if (repeated) {
            return new Reply.Verdict.Repeated();
        }
        String why = known.isEmpty()
                ? "no such run; run=" + finished.run()
                : "the lease is not held any more; state=" + known.get().state().word() + " token=" + finished.token();
        workspace.effect(new Effect.ReportRejected(finished.run(), worker, why));
        return new Reply.Verdict.Rejected(why);
    }

    private static Attempt attempt(Run run, String worker, Finished finished) {
        return new Attempt(
                run.attempt(),
                finished.token(),
                worker,
                finished.startedMs(),
                finished.finishedMs(),
                finished.end(),
                finished.exitCode(),
                finished.error());
    }

    /** Takes note of a first start; an attempt that never began has none. */
    private Run started(Run run, long startedMs) {
        if (startedMs < 0) {
            return run;
        }
        Run after = run.started(startedMs);
        if (run.times().startedMs() < 0) {
            workspace.effect(new Effect.Started(
                    run.id(),
                    run.marks().catchUp(),
                    run.times().dueMs(),
                    run.times().firedMs(),
                    run.lease().orElseThrow(),
                    startedMs));
        }
        return after;
    }

    private void finish(Run run, Attempt attempt, long retryAfterMs, Moment moment) {
        long nowMs = moment.nowMs();
        switch (attempt.end()) {
            case SUCCEEDED -> ends.end(run, run.ended(RunState.SUCCEEDED, nowMs, attempt));
            case CANCELLED, FAILED, TIMED_OUT, LOST -> {
                workspace.count(Effect.Metric.FAILED, attempt.end() == AttemptEnd.CANCELLED ? 0 : 1);
                switch (run.marks().stop()) {
                    case BY_CANCEL -> ends.end(run, run.ended(RunState.CANCELLED, nowMs, attempt));
                    case BY_REPLACEMENT ->
                        ends.end(run, run.ended(RunState.SKIPPED, nowMs, because(attempt, OverlapRule.REPLACED)));
                    case NO -> failed(run, attempt, retryAfterMs, nowMs);
                }
            }
        }
    }

    private void failed(Run run, Attempt attempt, long retryAfterMs, long nowMs) {
        JobSpec spec = workspace.spec(run.id().job(), run.generation()).orElseThrow();
        Retry retry = spec.policy().retry();
        if (workspace.state(spec.id()).filter(LeaseDecider::cancelled).isPresent()) {
            ends.end(run, run.ended(RunState.CANCELLED, nowMs, attempt));
            return;
        }
        long askedMs = Math.min(retryAfterMs, retry.backoff().maxMs());
        long readyAtMs = nowMs + Math.max(retry.backoff().waitMs(run.id(), run.attempt()), askedMs);
        Optional<String> end = noRetry(run, attempt, retry, readyAtMs);
        if (end.isPresent()) {
            ends.end(run, run.ended(RunState.DEAD, nowMs, end.get().isEmpty() ? attempt : because(attempt, end.get())));
        } else {
            workspace.count(Effect.Metric.RETRIED, 1);
            ends.retryLater(spec, run, run.retrying(attempt, readyAtMs), nowMs);
        }
    }

    /** Why no further attempt is made; an empty text when the attempts are simply used up. */
    private static Optional<String> noRetry(Run run, Attempt attempt, Retry retry, long readyAtMs) {
        if (attempt.end() == AttemptEnd.LOST && retry.onLost() == OnLost.FAIL) {
            return Optional.of("not retried: on-lost is fail");
        }
        if (attempt.end() == AttemptEnd.FAILED
                && attempt.exitCode().filter(code -> !retry.retries(code)).isPresent()) {
            return Optional.of("not retried: its exit code is fatal");
        }
        if (run.attempt() >= retry.maxAttempts()) {
            return Optional.of("");
        }
        boolean tooOld = run.series() == 1
                && retry.maxAgeMs()
                        .filter(maxAgeMs -> readyAtMs > run.times().dueMs() + maxAgeMs)
                        .isPresent();
        return tooOld ? Optional.of("not retried: too old") : Optional.empty();
    }

    /** With the reason behind the error. */
    private static Attempt because(Attempt attempt, String why) {
        String error = attempt.error().map(text -> text + " (" + why + ")").orElse(why);
        return new Attempt(
                attempt.number(),
                attempt.token(),
                attempt.worker(),
                attempt.startedMs(),
                attempt.finishedMs(),
                attempt.end(),
                attempt.exitCode(),
                Optional.of(error));
    }
}
