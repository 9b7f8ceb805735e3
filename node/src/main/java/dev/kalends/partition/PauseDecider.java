package dev.kalends.partition;

import dev.kalends.job.CatchUp;
import dev.kalends.job.JobId;
import dev.kalends.job.JobPhase;
import dev.kalends.job.JobSpec;
import dev.kalends.job.JobState;
import dev.kalends.job.Pause;
import dev.kalends.job.PauseOrder;
import dev.kalends.journal.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Holds jobs back and lets them go on: single ones, a tenant's, all.
 *
 * <p>A pause of a tenant or of everything is one record. A job meets it when it comes due, is paused then, and so is
 * found again when the pause ends; what never came due was never touched.
 */
final class PauseDecider {
    /** Jobs that one step of an ending pause lets go on. */
    static final int RESUMED_A_STEP = 500;

    private final Workspace workspace;
    private final RunEnds ends;
    private final FireDecider fires;

    PauseDecider(Workspace workspace, RunEnds ends, FireDecider fires) {
        this.workspace = workspace;
        this.ends = ends;
        this.fires = fires;
    }

    Reply pause(Command.PauseJobs command, Moment moment) {
        List<Reply.Act> acts = new ArrayList<>();
        for (JobId id : command.jobs()) {
            acts.add(workspace
                    .spec(id)
                    .map(spec -> pauseOne(spec, command.hold(), moment))
                    .orElseGet(() -> act(id, "not_found", "")));
        }
        return new Reply.Acted(acts);
    }

    private Reply.Act pauseOne(JobSpec spec, Command.Hold hold, Moment moment) {
        // What has come due fires first: it may be all that the job had.
        fires.fire(spec.id(), moment);
        JobPhase phase = ends.stateOf(spec).phase();
        if (phase.isOver()) {
            return act(spec.id(), "already_" + phase.name().toLowerCase(Locale.ROOT), "");
        }
        boolean firedOnce = !spec.schedule().repeats()
                && !workspace.openRuns(spec.id()).isEmpty()
                && ends.stateOf(spec).ahead().isEmpty();
        if (firedOnce) {
            return act(spec.id(), "already_fired", "its run is open; cancel that instead");
        }
        Pause why = new Pause(Pause.By.JOB, moment.nowMs(), hold.forMs().map(ms -> moment.nowMs() + ms), hold.reason());
        JobState state = fires.pause(spec, why, moment);
        String detail = switch (phase) {
            case PAUSED -> "it was paused before";
            case SCHEDULED, FINISHED, CANCELLED -> executing(spec);
        };
        return act(state.id(), "paused", detail);
    }

    private String executing(JobSpec spec) {
        long leased = workspace.openRuns(spec.id()).stream()
                .filter(run -> run.lease().isPresent())
                .count();
        return leased == 0 ? "" : leased + (leased == 1 ? " run is executing and finishes" : " runs are executing");
    }

    Reply resume(Command.ResumeJobs command, Moment moment) {
        List<Reply.Act> acts = new ArrayList<>();
        for (JobId id : command.jobs()) {
            acts.add(workspace
                    .spec(id)
                    .map(spec -> resumeOne(spec, command.catchUp(), moment))
                    .orElseGet(() -> act(id, "not_found", "")));
        }
        return new Reply.Acted(acts);
    }

    private Reply.Act resumeOne(JobSpec spec, Optional<CatchUp> catchUp, Moment moment) {
        Optional<JobState> state =
                workspace.state(spec.id()).filter(found -> found.paused().isPresent());
        if (state.isEmpty()) {
            return act(spec.id(), "not_paused", "");
        }
        Pause why = state.get().paused().orElseThrow().why();
        switch (why.by()) {
            case JOB -> {}
            case TENANT -> {
                return act(spec.id(), "still_paused", "its tenant is paused: kalends resume --all -T " + spec.tenant());
            }
            case EVERYTHING -> {
                return act(spec.id(), "still_paused", "everything is paused: kalends resume --all");
            }
        }
        workspace.ready().takeDown(new ReadyRuns.Shelf.OfJob(spec.id()));
        return act(spec.id(), "resumed", fires.resume(spec, state.get(), catchUp, moment));
    }

    Reply pauseAll(Command.PauseAll command, Moment moment) {
        Command.Hold hold = command.hold();
        workspace.put(new Change.PutPause(new PauseOrder(
                command.tenant(),
                moment.nowMs(),
                hold.forMs().map(ms -> moment.nowMs() + ms),
                hold.reason(),
                Optional.empty())));
        return new Reply.Acted(List.of(act(command.tenant().orElse("everything"), "paused", "")));
    }

    Reply resumeAll(Command.ResumeAll command, Moment moment) {
        Optional<PauseOrder> order = workspace.pauses().stream()
                .filter(found -> found.tenant().equals(command.tenant()) && found.holds())
                .findFirst();
        if (order.isEmpty()) {
            return new Reply.Acted(List.of(act(command.tenant().orElse("everything"), "not_paused", "")));
        }
        takeBack(order.get(), moment.nowMs(), command.catchUp());
        return new Reply.Acted(List.of(act(command.tenant().orElse("everything"), "resumed", "")));
    }

    private void takeBack(PauseOrder order, long atMs, Optional<CatchUp> catchUp) {
        workspace.put(new Change.PutPause(order.resumed(atMs, catchUp)));
        workspace.ready().takeDown(ReadyRuns.Shelf.of(order.tenant()));
    }

    /** Ends the pauses whose time is over, and lets a portion of what ended pauses held go on. */
    void tend(Moment moment) {
        for (PauseOrder order : workspace.pauses()) {
            if (order.holds()) {
                if (order.pause().endsBy(moment.nowMs())) {
                    takeBack(order, order.untilMs().orElse(moment.nowMs()), Optional.empty());
                }
            } else {
                letGoOn(order, moment);
            }
        }
    }

    private void letGoOn(PauseOrder order, Moment moment) {
        PauseOrder.Resumption resumption = order.resumption().orElseThrow();
        List<JobId> held = workspace.heldBy(order.tenant(), RESUMED_A_STEP);
        if (held.isEmpty()) {
            workspace.put(new Change.RemovePause(order.tenant()));
            return;
        }
        // What the pause held is judged by its end, however long the portions take.
        Moment end =
                new Moment(Math.min(moment.nowMs(), resumption.atMs()), moment.servingSinceMs(), moment.partition());
        for (JobId id : held) {
            Optional<JobSpec> spec = workspace.spec(id);
            Optional<JobState> state = workspace.state(id).filter(found -> heldBy(found, order));
            if (spec.isPresent() && state.isPresent()) {
                fires.resume(spec.get(), state.get(), resumption.catchUp(), end);
            }
        }
    }

    private static boolean heldBy(JobState state, PauseOrder order) {
        return state.paused()
                .filter(paused -> paused.why().by() == order.pause().by())
                .isPresent();
    }

    private static Reply.Act act(Object id, String outcome, String detail) {
        return new Reply.Act(id.toString(), outcome, detail, List.of());
    }
}
