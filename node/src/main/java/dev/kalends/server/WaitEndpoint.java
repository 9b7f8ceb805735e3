package dev.kalends.server;

import dev.kalends.api.RunView;
import dev.kalends.job.JobId;
import dev.kalends.job.JobPhase;
import dev.kalends.job.JobState;
import dev.kalends.job.Run;
import dev.kalends.job.RunId;
import dev.kalends.job.RunKind;
import dev.kalends.journal.Change;
import dev.kalends.runtime.Event;
import dev.kalends.runtime.EventRing;
import dev.kalends.schedule.InstantText;
import dev.kalends.server.JobFinder.FoundRun;
import dev.kalends.server.JobFinder.Use;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Answers {@code GET /v1/runs/{run}/wait}: a long poll for the end of a run.
 *
 * <p>It looks at the store once, and again only when the event stream says that the run changed. When the wait is over
 * it answers with the run as it is; a run that is still to come is shown in state {@code scheduled}.
 */
final class WaitEndpoint {
    /** Longest wait of one request, in milliseconds: a client asks again. */
    static final long WAIT_MAX_MS = 60_000;

    private static final long WAIT_DEFAULT_MS = 30_000;
    private static final int SLICE = 1_024;
    /** How often a run is looked at that another node has to be asked for. */
    private static final long FAR_LOOK_MS = 250;

    private final Services services;
    private final NodeFacts facts;
    private final JobFinder finder;

    WaitEndpoint(Services services, NodeFacts facts) {
        this.services = services;
        this.facts = facts;
        this.finder = new JobFinder(services.partitions());
    }

    Answer await(Request request) throws InterruptedException {
        request.query().allow(Set.of("waitMs"));
        long waitMs = request.query().number("waitMs", WAIT_DEFAULT_MS, 0, WAIT_MAX_MS);
        long deadlineNs = services.clocks().monotonic().nowNs() + TimeUnit.MILLISECONDS.toNanos(waitMs);
        String text = request.parameter("run");
        Scope scope = request.scope();
        long cursor = services.events().end();
        while (true) {
            FoundRun found = finder.findRun(text, scope, Use.LOOK);
            Optional<Run> run =
                    found.run().flatMap(id -> found.job().handle().reader().run(id));
            if (run.isPresent() && run.get().state().isTerminal()) {
                return Answer.ok(view(found, run.get()));
            }
            if (run.isEmpty() && !mayCome(found)) {
                throw RunEndpoint.noSuchRun(found, request);
            }
            Optional<Long> next = changed(cursor, found.job(), deadlineNs);
            if (next.isEmpty()) {
                return Answer.ok(run.map(open -> view(found, open)).orElseGet(() -> toCome(found)));
            }
            cursor = next.get();
        }
    }

    /** Waits until something of a job may have changed; where to go on, or empty when the time is up. */
    private Optional<Long> changed(long from, JobFinder.Found job, long deadlineNs) throws InterruptedException {
        long cursor = from;
        // Where another node is read, no events of the job need come here: it is looked again.
        boolean here = job.handle().isReadHere();
        while (true) {
            long leftMs = TimeUnit.NANOSECONDS.toMillis(
                    deadlineNs - services.clocks().monotonic().nowNs());
            if (leftMs <= 0) {
                return Optional.empty();
            }
            long waitMs = here ? leftMs : Math.min(leftMs, FAR_LOOK_MS);
            EventRing.Slice slice = services.events().read(cursor, SLICE, waitMs);
            cursor = slice.next();
            boolean changed = slice.gap() || slice.events().stream().anyMatch(event -> concerns(event, job.id()));
            if (changed || (!here && slice.events().isEmpty())) {
                return Optional.of(cursor);
            }
        }
    }

    private static boolean concerns(Event event, JobId job) {
        return event.what() instanceof Event.What.Changed changed
                && switch (changed.change()) {
                    case Change.PutRun put -> put.run().id().job().equals(job);
                    case Change.AppendHistory end -> end.run().id().job().equals(job);
                    case Change.PutState state -> state.state().id().equals(job);
                    case Change.PutSpec _, Change.RemoveJob _, Change.RemoveRun _, Change.PutLedger _ -> false;
                    case Change.RemoveLedger _, Change.PutDead _, Change.RemoveDead _ -> false;
                    case Change.PutSubmitKey _, Change.RemoveSubmitKey _, Change.PutRequest _ -> false;
                    case Change.RemoveRequest _, Change.PutSlot _, Change.PutTenant _ -> false;
                    case Change.PutCounts _, Change.PutHead _, Change.PutPause _, Change.RemovePause _ -> false;
                    case Change.PutBackfill _, Change.RemoveBackfill _ -> false;
                };
    }

    /** Whether a run that does not exist may still come to be: its job lives, and its instant is not decided. */
    private static boolean mayCome(FoundRun found) {
        boolean alive = found.job()
                .row()
                .state()
                .map(state -> state.phase() == JobPhase.SCHEDULED || state.phase() == JobPhase.PAUSED)
                .orElse(true);
        long decidedMs = found.job().row().state().map(JobState::lastNominalMs).orElse(-1L);
        return alive
                && found.run()
                        .map(run -> run.kind() == RunKind.SCHEDULED && run.nominalMs() > decidedMs)
                        .orElse(true);
    }

    private RunView view(FoundRun found, Run run) {
        return new Views(found.job().handle(), facts.name(), services.clocks().nowMs())
                .runInFull(run, Optional.empty());
    }

    private RunView toCome(FoundRun found) {
        var spec = found.job().row().spec();
        long dueMs = found.run()
                .map(RunId::nominalMs)
                .map(spec::dueMs)
                .orElseGet(() -> Views.nextDueMs(found.job().row())
                        .orElse(services.clocks().nowMs()));
        long nominalMs = found.run().map(RunId::nominalMs).orElse(dueMs);
        return new RunView(
                found.run().map(RunId::toString).orElse(spec.id() + "@latest"),
                spec.id().toString(),
                spec.name().name().orElse(null),
                spec.tenant(),
                found.run().map(run -> Views.word(run.kind())).orElse("scheduled"),
                "scheduled",
                InstantText.format(nominalMs),
                InstantText.format(dueMs),
                null,
                null,
                null,
                null,
                0,
                spec.policy().retry().maxAttempts(),
                null,
                null,
                null,
                null,
                null,
                facts.name(),
                null,
                null,
                null,
                null);
    }
}
