package dev.kalends.server;

import dev.kalends.api.EventView;
import dev.kalends.job.JobId;
import dev.kalends.job.JobName;
import dev.kalends.job.JobSpec;
import dev.kalends.job.JobState;
import dev.kalends.job.Run;
import dev.kalends.job.RunId;
import dev.kalends.job.RunState;
import dev.kalends.journal.Change;
import dev.kalends.runtime.Event;
import dev.kalends.runtime.EventRing;
import dev.kalends.schedule.InstantText;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Shows events of one stream, of one scope: remembers the names of the jobs that it met last. */
final class EventViews {
    /** A change of phase is told within so many milliseconds of its decision, or was told before. */
    private static final long COMMIT_MAX_MS = 1_000;

    private final Scope scope;
    private final Optional<JobId> only;
    private final JobNames names;

    EventViews(Services services, Scope scope, Optional<JobId> only) {
        this.names = new JobNames(services.partitions());
        this.scope = scope;
        this.only = only;
    }

    /** What is shown of an event; empty when it is not for this stream. */
    Optional<EventView> of(Event event, long cursor) {
        return switch (event.what()) {
            case Event.What.Changed changed -> ofChange(event, cursor, changed.change());
            case Event.What.ReportRejected rejected ->
                RunId.parse(rejected.run())
                        .filter(run -> isWanted(run.job()))
                        .flatMap(run -> names.of(run.job())
                                .map(name -> new EventView(
                                        Long.toString(cursor),
                                        InstantText.format(event.atMs()),
                                        "run.rejected_report",
                                        name.tenant(),
                                        run.job().toString(),
                                        name.name().orElse(null),
                                        rejected.run(),
                                        null,
                                        null,
                                        rejected.worker(),
                                        rejected.why())))
                        .filter(view -> sees(view.tenant()));
            case Event.What.Notice notice ->
                only.isPresent() && !isGapOf(event, notice, only.get())
                        ? Optional.empty()
                        : Optional.of(new EventView(
                                Long.toString(cursor),
                                InstantText.format(event.atMs()),
                                notice.type(),
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                notice.detail()));
        };
    }

    /** Whoever listens to one job has to know when events of its partition may be missing. */
    private static boolean isGapOf(Event event, Event.What.Notice notice, JobId job) {
        return notice.type().equals(EventRing.GAP) && event.partition() == job.partition();
    }

    private Optional<EventView> ofChange(Event event, long cursor, Change change) {
        return switch (change) {
            case Change.PutSpec put -> job(event, cursor, put.spec());
            case Change.PutState put -> phase(event, cursor, put.state());
            case Change.PutRun put -> run(event, cursor, put.run());
            case Change.AppendHistory end -> run(event, cursor, end.run());
            case Change.RemoveJob _, Change.RemoveRun _, Change.PutLedger _, Change.RemoveLedger _ -> Optional.empty();
            case Change.PutDead _, Change.RemoveDead _, Change.PutSubmitKey _ -> Optional.empty();
            case Change.RemoveSubmitKey _, Change.PutRequest _, Change.RemoveRequest _ -> Optional.empty();
            case Change.PutPause _, Change.RemovePause _ -> Optional.empty();
            case Change.PutBackfill _, Change.RemoveBackfill _ -> Optional.empty();
            case Change.PutSlot _, Change.PutTenant _, Change.PutCounts _, Change.PutHead _ -> Optional.empty();
        };
    }

    private Optional<EventView> job(Event event, long cursor, JobSpec spec) {
        names.put(spec.id(), spec.name());
        if (!isWanted(spec.id()) || !scope.sees(spec.tenant())) {
            return Optional.empty();
        }
        String type = spec.generation() == 1 ? "job.created" : "job.changed";
        return Optional.of(ofJob(event, cursor, spec.id(), new Said(type, spec.name(), null)));
    }

    /** Only a new phase is told: that a fire moved the next one ahead is in the run's own events. */
    private Optional<EventView> phase(Event event, long cursor, JobState state) {
        boolean entered = switch (state.phase()) {
            case SCHEDULED -> false;
            case PAUSED, FINISHED, CANCELLED -> event.atMs() - state.phaseSinceMs() <= COMMIT_MAX_MS;
        };
        if (!entered || !isWanted(state.id())) {
            return Optional.empty();
        }
        return names.of(state.id())
                .filter(name -> sees(name.tenant()))
                .map(name ->
                        ofJob(event, cursor, state.id(), new Said("job.changed", name, Views.word(state.phase()))));
    }

    private record Said(String type, JobName name, @Nullable String detail) {}

    private static EventView ofJob(Event event, long cursor, JobId job, Said said) {
        return new EventView(
                Long.toString(cursor),
                InstantText.format(event.atMs()),
                said.type(),
                said.name().tenant(),
                job.toString(),
                said.name().name().orElse(null),
                null,
                null,
                null,
                null,
                said.detail());
    }

    private Optional<EventView> run(Event event, long cursor, Run run) {
        if (!isWanted(run.id().job()) || !scope.sees(run.route().tenant())) {
            return Optional.empty();
        }
        return Optional.of(new EventView(
                Long.toString(cursor),
                InstantText.format(event.atMs()),
                "run." + run.state().word(),
                run.route().tenant(),
                run.id().job().toString(),
                names.name(run.id().job()).orElse(null),
                run.id().toString(),
                run.attempt(),
                run.skewMs().orElse(null),
                worker(run),
                run.state() == RunState.SUCCEEDED ? null : run.reason().orElse(null)));
    }

    private static @Nullable String worker(Run run) {
        return run.lease()
                .map(lease -> lease.worker())
                .or(() -> run.attempts().isEmpty()
                        ? Optional.empty()
                        : Optional.of(run.attempts().getLast().worker()))
                .orElse(null);
    }

    private boolean isWanted(JobId job) {
        return only.isEmpty() || only.get().equals(job);
    }

    private boolean sees(@Nullable String tenant) {
        return tenant != null && scope.sees(tenant);
    }
}
