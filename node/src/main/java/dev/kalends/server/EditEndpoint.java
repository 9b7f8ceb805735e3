package dev.kalends.server;

import dev.kalends.api.ApiException;
import dev.kalends.api.EditView;
import dev.kalends.api.ErrorCode;
import dev.kalends.api.FireView;
import dev.kalends.api.JobRequest;
import dev.kalends.job.JobSpec;
import dev.kalends.job.JobState;
import dev.kalends.job.JobState.NextFire;
import dev.kalends.job.Limits;
import dev.kalends.job.Schedule;
import dev.kalends.journal.StoreReader.JobRow;
import dev.kalends.partition.Command;
import dev.kalends.partition.Draft;
import dev.kalends.schedule.NextFires;
import dev.kalends.server.JobFinder.Found;
import dev.kalends.server.JobFinder.Use;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Edits jobs: {@code POST /v1/jobs/{job}/edit} with the fields that change, and {@code unset} those that go. */
final class EditEndpoint {
    private static final int FIRES_SHOWN = 3;

    private final Services services;
    private final DraftReader drafts;
    private final JobFinder finder;

    EditEndpoint(Services services, DraftReader drafts) {
        this.services = services;
        this.drafts = drafts;
        this.finder = new JobFinder(services.partitions());
    }

    Answer edit(Request request) throws IOException, InterruptedException {
        request.query().allow(Set.of("unset", "dryRun"));
        Scope scope = request.scope();
        scope.one();
        JobRequest edit = request.body(JobRequest.class, Limits.BULK_LINE_BYTES_MAX);
        Found found = finder.find(request.parameter("job"), scope, Use.CHANGE);
        requireRevision(request, found.row());
        JobSpec spec = found.row().spec();
        List<String> unset = request.query()
                .one("unset")
                .map(text -> Arrays.asList(text.split(",")))
                .orElse(List.of());
        RequestMerge merge = new RequestMerge(RequestViews.withTenant(spec), edit, unset);
        DraftReader.Read read = drafts.read(merge.request(), scope);
        boolean dryRun = request.query().flag("dryRun");
        List<EditView.Changed> changed = merge.changed();
        if (!dryRun && !changed.isEmpty()) {
            Command.Edit command =
                    new Command.Edit(request.requestId(spec.tenant()), spec.id(), spec.generation(), read.draft());
            Partitions.ask(found.handle(), Conditions.of(request, spec.id()).on(command));
            List<String> fields = changed.stream().map(EditView.Changed::field).toList();
            JobEndpoint.did(request, "edit", found, String.join(", ", fields));
        }
        boolean edited = !changed.isEmpty();
        JobRow after = dryRun && edited
                ? previewed(found.row(), read.draft())
                : found.handle().reader().job(spec.id()).orElse(found.row());
        List<FireView> next = new FiresAhead(after, services.clocks().nowMs()).from(0, FIRES_SHOWN);
        return Answer.ok(new EditView(
                spec.id().toString(),
                spec.name().name().orElse(null),
                after.spec().generation(),
                dryRun,
                changed,
                next,
                read.warnings()));
    }

    private static void requireRevision(Request request, JobRow row) {
        OptionalLong wanted = request.ifMatch();
        if (wanted.isPresent() && wanted.getAsLong() != Views.revision(row)) {
            throw new ApiException(
                    ErrorCode.PRECONDITION_FAILED,
                    "the job changed meanwhile; revision=" + Views.revision(row) + " ifMatch=" + wanted.getAsLong(),
                    "look at it again: kalends show " + row.spec().display());
        }
    }

    /** The job as it would be. */
    private JobRow previewed(JobRow row, Draft draft) {
        JobSpec old = row.spec();
        long nowMs = services.clocks().nowMs();
        JobSpec spec = new JobSpec(
                old.id(),
                old.generation() + 1,
                old.name(),
                FirstFire.schedule(draft.when(), nowMs),
                draft.window(),
                draft.work(),
                draft.policy(),
                draft.labels(),
                nowMs);
        return new JobRow(
                spec,
                row.state().map(state -> state.edited(spec.generation(), firstFire(spec, state, nowMs))),
                row.open());
    }

    /** The first fire of a new generation: after now, and after what an earlier one has decided. */
    private static Optional<NextFire> firstFire(JobSpec spec, JobState state, long nowMs) {
        if (spec.schedule() instanceof Schedule.Once once) {
            return Optional.of(new NextFire(once.atMs(), spec.dueMs(once.atMs())));
        }
        long afterMs = Math.max(nowMs, state.lastNominalMs());
        return NextFires.of(spec.schedule(), spec.hashSeed()).after(afterMs, spec.window(), state.fired(), 1).stream()
                .map(fire -> new NextFire(fire.atMs(), spec.dueMs(fire.atMs())))
                .findFirst();
    }
}
