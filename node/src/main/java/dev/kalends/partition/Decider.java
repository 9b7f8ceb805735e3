package dev.kalends.partition;

import dev.kalends.api.ErrorCode;
import dev.kalends.job.Hash;
import dev.kalends.job.Limits;
import dev.kalends.journal.Change;
import dev.kalends.journal.Head;
import dev.kalends.journal.RequestAnswer;
import java.util.Optional;

/**
 * Decides commands: the one door to what a partition does.
 *
 * <p>Pure: the answer and the changes depend on the workspace, the command and the moment alone. Changes and effects
 * collect in the {@link Workspace}; the caller commits them and then releases the replies. A command that throws has
 * found a bug, and the whole batch must be dropped.
 */
public final class Decider {
    private final Workspace workspace;
    private final SubmitDecider submits;
    private final FireDecider fires;
    private final LeaseDecider leases;
    private final ActionDecider actions;
    private final PauseDecider pauses;
    private final EditDecider edits;
    private final BackfillDecider backfills;
    private final SeenCheck seen;

    public Decider(Workspace workspace) {
        FirePlan plan = new FirePlan();
        RunEnds ends = new RunEnds(workspace, plan);
        this.workspace = workspace;
        this.submits = new SubmitDecider(workspace, plan);
        this.fires = new FireDecider(workspace, plan, ends);
        this.leases = new LeaseDecider(workspace, plan, ends);
        this.actions = new ActionDecider(workspace, ends, fires);
        this.pauses = new PauseDecider(workspace, ends, fires);
        this.edits = new EditDecider(workspace, plan, ends, fires);
        this.backfills = new BackfillDecider(workspace, plan, ends);
        this.seen = new SeenCheck(workspace);
    }

    /** A new leadership: its epoch is written before anything else. */
    public void lead(long epoch) {
        Head head = workspace.head();
        workspace.setHead(new Head(head.nextToken(), epoch, head.featureLevel(), head.incarnation()));
    }

    /** Decides one command. */
    public Reply decide(Command command, Moment moment) {
        return switch (command) {
            case Command.Requested requested -> once(requested, moment);
            case Command.Fire fire -> {
                fires.fire(fire.job(), moment);
                yield new Reply.Done();
            }
            case Command.Wake wake -> {
                fires.wake(wake.run(), moment);
                yield new Reply.Done();
            }
            case Command.Claim claim -> leases.claim(claim, moment);
            case Command.Renew renew -> leases.renew(renew, moment);
            case Command.Report report -> leases.report(report, moment);
            case Command.LeaseExpired expired -> {
                leases.expired(expired, moment);
                yield new Reply.Done();
            }
            case Command.Tend tend -> {
                pauses.tend(moment);
                backfills.tend(tend.passedMs(), moment);
                yield new Reply.Done();
            }
            case Command.Sweep sweep -> {
                actions.sweep(sweep, moment);
                yield new Reply.Done();
            }
        };
    }

    /** The same request id again gets the same answer; with another body it is refused. */
    private Reply once(Command.Requested command, Moment moment) {
        long bodyHash = bodyHash(command);
        Optional<RequestAnswer> before = workspace.request(command.requestId());
        if (before.isPresent()) {
            return before.get().bodyHash() == bodyHash
                    ? Answers.reply(command, before.get())
                    : new Reply.Refused(
                            ErrorCode.CONFLICT,
                            "the request id was used for another request; requestId=" + command.requestId(),
                            "use a new request id for each request");
        }
        Reply reply = requested(command, moment);
        long keptMs = command instanceof Command.Note ? Limits.DEED_KEPT_MS : Limits.REQUEST_KEPT_MS;
        workspace.put(new Change.PutRequest(
                new RequestAnswer(command.requestId(), moment.nowMs() + keptMs, bodyHash, Answers.lines(reply))));
        return reply;
    }

    private Reply requested(Command.Requested command, Moment moment) {
        return switch (command) {
            case Command.Submit submit -> submits.submit(submit, moment);
            case Command.Cancel cancel -> actions.cancel(cancel, moment);
            case Command.CancelRun cancel -> actions.cancelRun(cancel, moment);
            case Command.Trigger trigger -> actions.trigger(trigger, moment);
            case Command.Rerun rerun -> actions.rerun(rerun, moment);
            case Command.Redrive redrive -> actions.redrive(redrive, moment);
            case Command.Discard discard -> actions.discard(discard);
            case Command.PauseJobs pause -> pauses.pause(pause, moment);
            case Command.ResumeJobs resume -> pauses.resume(resume, moment);
            case Command.PauseAll pause -> pauses.pauseAll(pause, moment);
            case Command.ResumeAll resume -> pauses.resumeAll(resume, moment);
            case Command.Edit edit -> edits.edit(edit, moment);
            case Command.Backfill backfill -> backfills.begin(backfill, moment);
            case Command.CancelBackfill cancel -> backfills.cancel(cancel, moment);
            case Command.SetTenant set -> {
                workspace.put(new Change.PutTenant(set.tenant()));
                yield new Reply.Acted(
                        java.util.List.of(new Reply.Act(set.tenant().name(), "set", "", java.util.List.of())));
            }
            case Command.FinalizeLevel level -> finalizeLevel(level.level(), moment);
            case Command.Release release -> leases.release(release, moment);
            case Command.IfUnchanged it -> {
                Optional<Reply.Refused> refusal = seen.refusal(it.seen());
                yield refusal.isPresent() ? refusal.get() : requested(it.command(), moment);
            }
            case Command.Note note -> note.deed().noted();
        };
    }

    private Reply finalizeLevel(int level, Moment moment) {
        Head head = workspace.head();
        if (level > Head.FEATURE_LEVEL) {
            return new Reply.Refused(
                    ErrorCode.CONFLICT,
                    "the leader of a partition does not read that level; partition=" + moment.partition() + " level="
                            + level + " known=" + Head.FEATURE_LEVEL,
                    "upgrade all nodes first: kalends nodes");
        }
        boolean raised = level > head.featureLevel();
        if (raised) {
            workspace.setHead(new Head(head.nextToken(), head.epoch(), level, head.incarnation()));
        }
        String outcome = raised ? "finalized" : "unchanged";
        int now = Math.max(level, head.featureLevel());
        return new Reply.Acted(java.util.List.of(
                new Reply.Act(Integer.toString(moment.partition()), outcome, "level " + now, java.util.List.of())));
    }

    private static long bodyHash(Command.Requested command) {
        return switch (command) {
            case Command.Submit submit -> submit.bodyHash();
            case Command.Cancel c ->
                Hash.of("cancel", c.job().toString(), c.stop().name());
            case Command.CancelRun c ->
                Hash.of("cancel", c.run().toString(), c.stop().name());
            case Command.Trigger c ->
                Hash.of("trigger", c.job().toString(), c.force().name());
            case Command.Rerun c -> Hash.of("rerun", c.run().toString());
            case Command.Redrive c -> Hash.of("redrive", c.runs().toString());
            case Command.Discard c -> Hash.of("discard", c.runs().toString());
            case Command.PauseJobs c ->
                Hash.of("pause", c.jobs().toString(), c.hold().toString());
            case Command.ResumeJobs c ->
                Hash.of("resume", c.jobs().toString(), c.catchUp().toString());
            case Command.PauseAll c ->
                Hash.of("pause", c.tenant().toString(), c.hold().toString());
            case Command.ResumeAll c ->
                Hash.of("resume", c.tenant().toString(), c.catchUp().toString());
            case Command.Edit c ->
                Hash.of("edit", c.job().toString(), Long.toString(c.draft().bodyHash()));
            case Command.Backfill c ->
                Hash.of("backfill", c.job().toString(), c.fromMs() + ".." + c.untilMs() + " " + c.perSec());
            case Command.CancelBackfill c -> Hash.of("backfill", c.job().toString());
            case Command.SetTenant c -> Hash.of("tenant", c.tenant().toString());
            case Command.Note c -> Hash.of("note", c.deed().toString());
            case Command.FinalizeLevel c -> Hash.of("finalize", Integer.toString(c.level()));
            case Command.Release c -> Hash.of("release", c.run().toString());
            case Command.IfUnchanged c -> Hash.of("if", c.seen().toString(), Long.toString(bodyHash(c.command())));
        };
    }
}
