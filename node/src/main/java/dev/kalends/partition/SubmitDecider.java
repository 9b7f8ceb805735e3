package dev.kalends.partition;

import dev.kalends.api.ErrorCode;
import dev.kalends.job.JobId;
import dev.kalends.job.JobPhase;
import dev.kalends.job.JobSpec;
import dev.kalends.job.JobState;
import dev.kalends.job.JobState.NextFire;
import dev.kalends.job.RunId;
import dev.kalends.job.Schedule;
import dev.kalends.journal.Change;
import dev.kalends.journal.SubmitKey;
import dev.kalends.schedule.ScheduleFormatException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Accepts new jobs: keys, names, ids, the first fire. */
final class SubmitDecider {
    private static final long DAY_MS = 86_400_000L;

    private final Workspace workspace;
    private final FirePlan plan;

    SubmitDecider(Workspace workspace, FirePlan plan) {
        this.workspace = workspace;
        this.plan = plan;
    }

    Reply.Submitted submit(Command.Submit command, Moment moment) {
        List<Reply.Line> lines = new ArrayList<>(command.drafts().size());
        int created = 0;
        for (Draft draft : command.drafts()) {
            Reply.Line line = one(draft, moment);
            lines.add(line);
            created += line.created() ? 1 : 0;
        }
        workspace.count(Effect.Metric.SUBMITTED, created);
        return new Reply.Submitted(lines);
    }

    private Reply.Line one(Draft draft, Moment moment) {
        Optional<SubmitKey.Id> keyId = draft.name()
                .key()
                .map(key -> new SubmitKey.Id(draft.name().tenant(), draft.name().name(), key));
        Optional<SubmitKey> entry = keyId.flatMap(workspace::submitKey).filter(found -> alive(found, moment.nowMs()));
        if (entry.isPresent()) {
            return entry.get().bodyHash() == draft.bodyHash()
                    ? existing(entry.get().job())
                    : refused(
                            ErrorCode.CONFLICT,
                            "key " + entry.get().id().key() + " was used with another body; job="
                                    + entry.get().job(),
                            "use another --key, or cancel that job");
        }
        Optional<JobId> taken = draft.name()
                .name()
                .flatMap(name -> workspace.named(draft.name().tenant(), name))
                .filter(this::live);
        if (taken.isPresent()) {
            return refused(
                    ErrorCode.CONFLICT,
                    "name " + draft.name().name().orElse("") + " is taken; job=" + taken.get(),
                    "choose another --name, or cancel that job first; --key K makes a submit repeatable");
        }
        return accept(draft, keyId, moment);
    }

    private Reply.Line accept(Draft draft, Optional<SubmitKey.Id> keyId, Moment moment) {
        Schedule schedule = schedule(draft.when(), moment.nowMs());
        // The id depends on the due instant, and splay of an unnamed job on the id: so it is seeded by the sequence.
        JobSpec provisional = spec(draft, schedule, JobId.of(moment.partition(), 0, 0), moment.nowMs());
        Optional<NextFire> provisionalNext;
        try {
            provisionalNext = firstFire(provisional, moment.nowMs());
        } catch (ScheduleFormatException e) {
            return refused(ErrorCode.INVALID, String.valueOf(e.getMessage()), "look at it with: kalends next");
        }
        if (provisionalNext.isEmpty() && !(schedule instanceof Schedule.Manual)) {
            return refused(
                    ErrorCode.INVALID,
                    "the schedule never fires after now, or not before the year 10000",
                    "look at it with: kalends next --cron '…'; check --from, --until and --max-runs");
        }
        int day = schedule.repeats()
                ? 0
                : (int) Math.floorDiv(provisionalNext.map(NextFire::dueMs).orElse(0L), DAY_MS);
        if (day >= JobId.DAYS_MAX) {
            return refused(ErrorCode.INVALID, "the due instant is after the year 2328", "choose an earlier one");
        }
        JobSpec spec = spec(draft, schedule, nextId(day, moment.partition()), moment.nowMs());
        Optional<NextFire> next = firstFire(spec, moment.nowMs());
        long dueMs = next.map(NextFire::dueMs).orElse(-1L);
        workspace.put(new Change.PutSpec(spec, schedule.repeats() ? -1 : dueMs));
        if (schedule.repeats()) {
            workspace.put(new Change.PutState(JobState.accepted(spec.id(), moment.nowMs(), next)));
        }
        keyId.ifPresent(
                id -> workspace.put(new Change.PutSubmitKey(new SubmitKey(id, spec.id(), draft.bodyHash(), 0))));
        workspace.countsDelta().job(spec.tenant(), JobPhase.SCHEDULED, 1);
        next.ifPresent(fire -> workspace.effect(new Effect.ArmJob(fire.dueMs(), spec.id())));
        return new Reply.Line(Optional.of(spec.id()), dueMs, true, Optional.empty());
    }

    private JobId nextId(int day, int partition) {
        // From 1: the id whose bits are all 0 would be shown as thirteen zeros.
        long sequence = Math.max(
                1, Math.max(workspace.nextSequence(day), workspace.head().firstSequence()));
        workspace.put(new Change.PutSlot(day, sequence + 1));
        return JobId.of(partition, day, sequence);
    }

    private Optional<NextFire> firstFire(JobSpec spec, long nowMs) {
        return switch (spec.schedule()) {
            case Schedule.Once once ->
                Optional.of(once)
                        .filter(at -> at.atMs() >= 0 && at.atMs() <= RunId.NOMINAL_MAX_MS)
                        .map(at -> plan.once(spec, at));
            case Schedule.Every every when outOfReach(every) -> Optional.empty();
            case Schedule.Except except
            when except.base() instanceof Schedule.Every every && outOfReach(every) -> Optional.empty();
            case Schedule.Every _, Schedule.Cron _, Schedule.Except _ -> plan.next(spec, nowMs, 0);
            case Schedule.Manual _ -> Optional.empty();
        };
    }

    private static boolean outOfReach(Schedule.Every every) {
        return Math.abs(every.anchorMs()) > RunId.NOMINAL_MAX_MS;
    }

    /** A schedule as it is when it is accepted at an instant. */
    static Schedule schedule(Draft.When when, long nowMs) {
        return switch (when) {
            case Draft.When.Fixed fixed -> fixed.schedule();
            case Draft.When.In in -> new Schedule.Once(nowMs + in.delayMs());
            case Draft.When.EveryFromNow every -> new Schedule.Every(every.periodMs(), nowMs);
            case Draft.When.ExceptFromNow except ->
                new Schedule.Except(new Schedule.Every(except.periodMs(), nowMs), except.days(), except.zone());
        };
    }

    private static JobSpec spec(Draft draft, Schedule schedule, JobId id, long nowMs) {
        return new JobSpec(
                id, 1, draft.name(), schedule, draft.window(), draft.work(), draft.policy(), draft.labels(), nowMs);
    }

    private Reply.Line existing(JobId job) {
        long dueMs = workspace
                .state(job)
                .map(state -> state.next().map(NextFire::dueMs).orElse(-1L))
                .orElseGet(() -> workspace.spec(job).map(this::onceDueMs).orElse(-1L));
        return new Reply.Line(Optional.of(job), dueMs, false, Optional.empty());
    }

    private long onceDueMs(JobSpec spec) {
        return spec.schedule() instanceof Schedule.Once once
                ? plan.once(spec, once).dueMs()
                : -1;
    }

    private boolean alive(SubmitKey entry, long nowMs) {
        return live(entry.job()) || entry.expiresMs() == 0 || entry.expiresMs() > nowMs;
    }

    private boolean live(JobId job) {
        if (workspace.spec(job).isEmpty()) {
            return false;
        }
        return workspace
                .state(job)
                .map(state -> switch (state.phase()) {
                    case SCHEDULED, PAUSED -> true;
                    case FINISHED, CANCELLED -> !workspace.openRuns(job).isEmpty();
                })
                .orElse(true);
    }

    private static Reply.Line refused(ErrorCode code, String message, String hint) {
        return new Reply.Line(Optional.empty(), -1, false, Optional.of(new Reply.Refused(code, message, hint)));
    }
}
