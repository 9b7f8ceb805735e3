package dev.kalends.server;

import dev.kalends.api.ActionResult;
import dev.kalends.api.ApiException;
import dev.kalends.api.JobRequest;
import dev.kalends.api.SubmitResult;
import dev.kalends.job.Limits;
import dev.kalends.partition.Command;
import dev.kalends.partition.Reply;
import dev.kalends.server.JobFinder.Found;
import dev.kalends.server.JobFinder.Use;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Answers what is asked of single jobs: submit, show, cancel, trigger. */
final class JobEndpoint {
    private final Services services;
    private final NodeFacts facts;
    private final DraftReader drafts;
    private final SubmitRates rates;
    private final JobFinder finder;

    JobEndpoint(Services services, NodeFacts facts, DraftReader drafts, SubmitRates rates) {
        this.services = services;
        this.facts = facts;
        this.drafts = drafts;
        this.rates = rates;
        this.finder = new JobFinder(services.partitions());
    }

    /** {@code POST /v1/jobs}; with {@code dryRun=true} the job is only read and checked. */
    Answer submit(Request request) throws IOException, InterruptedException {
        request.query().allow(Set.of("dryRun"));
        Scope scope = request.scope();
        JobRequest job = request.body(JobRequest.class, Limits.BULK_LINE_BYTES_MAX);
        DraftReader.Read read = drafts.read(job, scope);
        if (request.query().flag("dryRun")) {
            return Answer.ok(new SubmitResult(
                    null,
                    read.draft().name().name().orElse(null),
                    FirstFire.textOf(read.draft(), services.clocks().nowMs()),
                    false,
                    read.warnings(),
                    null,
                    null));
        }
        String tenant = read.draft().name().tenant();
        rates.take(tenant, 1);
        Submission submission = new Submission(services.partitions(), request.requestId(tenant), List.of(read.draft()));
        Reply.Line line = submission.send().lines().getFirst();
        line.refused().ifPresent(refused -> {
            throw new ApiException(refused.code(), refused.message(), refused.hint());
        });
        int status = line.created() ? 201 : 200;
        return new Answer.Document(status, Submission.result(read, line, null), Optional.empty());
    }

    /** {@code GET /v1/jobs/{job}}. */
    Answer show(Request request) {
        request.query().allow(Set.of());
        Found found = finder.find(request.parameter("job"), request.scope(), Use.LOOK);
        Views views = new Views(found.handle(), facts.name(), services.clocks().nowMs());
        return Answer.tagged(views.jobInFull(found.row()), Views.revision(found.row()));
    }

    /** {@code DELETE /v1/jobs/{job}}. */
    Answer cancel(Request request) throws InterruptedException {
        request.query().allow(Set.of("running", Conditions.GENERATION));
        Found found = toChange(request);
        Command.Stop stop = request.query().flag("running") ? Command.Stop.STOP_RUNNING : Command.Stop.LET_FINISH;
        return acted(request, found, new Command.Cancel(requestId(request, found), found.id(), stop));
    }

    /** {@code POST /v1/jobs/{job}/trigger}. */
    Answer trigger(Request request) throws InterruptedException {
        request.query().allow(Set.of("force", Conditions.GENERATION));
        Found found = toChange(request);
        Command.Force force = request.query().flag("force") ? Command.Force.IGNORE : Command.Force.HEED;
        return acted(request, found, new Command.Trigger(requestId(request, found), found.id(), force));
    }

    /** Something was done to one job. */
    static void did(Request request, String verb, Found found, String detail) {
        request.did(verb, found.row().spec().display(), found.row().spec().tenant(), detail);
    }

    private Found toChange(Request request) {
        Scope scope = request.scope();
        scope.one();
        return finder.find(request.parameter("job"), scope, Use.CHANGE);
    }

    private static String requestId(Request request, Found found) {
        return request.requestId(found.row().spec().tenant());
    }

    private static Answer acted(Request request, Found found, Command.Requested command) throws InterruptedException {
        Command.Requested asked = Conditions.of(request, found.id()).on(command);
        Reply.Acted reply = (Reply.Acted) Partitions.ask(found.handle(), asked);
        did(request, command instanceof Command.Cancel ? "cancel" : "trigger", found, "");
        return Answer.ok(result(found, reply.acts().getFirst()));
    }

    /** What was done, with the job's name. */
    static ActionResult result(Found found, Reply.Act act) {
        return new ActionResult(
                act.id(),
                found.row().spec().name().name().orElse(null),
                act.outcome(),
                act.detail().isEmpty() ? null : act.detail(),
                act.runs().stream().map(Object::toString).toList());
    }
}
