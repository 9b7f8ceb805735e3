package dev.kalends.server;

import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorCode;
import dev.kalends.api.OutputView;
import dev.kalends.job.Run;
import dev.kalends.job.RunId;
import dev.kalends.journal.OutputLog;
import dev.kalends.partition.Command;
import dev.kalends.partition.Reply;
import dev.kalends.server.JobFinder.FoundRun;
import dev.kalends.server.JobFinder.Use;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/** Answers what is asked of single runs: show, output, cancel, rerun, release. */
final class RunEndpoint {
    private final Services services;
    private final NodeFacts facts;
    private final JobFinder finder;

    RunEndpoint(Services services, NodeFacts facts) {
        this.services = services;
        this.facts = facts;
        this.finder = new JobFinder(services.partitions());
    }

    /** {@code GET /v1/runs/{run}}. */
    Answer show(Request request) {
        request.query().allow(Set.of());
        FoundRun found = finder.findRun(request.parameter("run"), request.scope(), Use.LOOK);
        Run run = existing(found, request);
        Views views =
                new Views(found.job().handle(), facts.name(), services.clocks().nowMs());
        return Answer.ok(views.runInFull(run, output(run, run.attempt())));
    }

    /** {@code GET /v1/runs/{run}/output}. */
    Answer output(Request request) {
        request.query().allow(Set.of("attempt"));
        FoundRun found = finder.findRun(request.parameter("run"), request.scope(), Use.LOOK);
        Run run = existing(found, request);
        int attempt = (int) request.query().number("attempt", run.attempt(), 0, Integer.MAX_VALUE);
        return Answer.ok(output(run, attempt).orElseGet(() -> new OutputView(attempt, 0, "", isOver(run, attempt))));
    }

    /** {@code DELETE /v1/runs/{run}}. */
    Answer cancel(Request request) throws InterruptedException {
        request.query().allow(Set.of("running", Conditions.SERIES));
        FoundRun found = toChange(request);
        RunId run = named(found, request);
        Command.Stop stop = request.query().flag("running") ? Command.Stop.STOP_RUNNING : Command.Stop.LET_FINISH;
        Command.CancelRun cancel = new Command.CancelRun(requestId(request, found), run, stop);
        return acted(request, found, "cancel", Conditions.of(request, run).on(cancel));
    }

    /** {@code POST /v1/runs/{run}/rerun}. */
    Answer rerun(Request request) throws InterruptedException {
        request.query().allow(Set.of(Conditions.SERIES));
        FoundRun found = toChange(request);
        RunId run = named(found, request);
        Command.Rerun rerun = new Command.Rerun(requestId(request, found), run);
        return acted(request, found, "rerun", Conditions.of(request, run).on(rerun));
    }

    /** {@code DELETE /v1/runs/{run}/lease}: takes it back from its worker. */
    Answer release(Request request) throws InterruptedException {
        request.query().allow(Set.of(Conditions.TOKEN));
        FoundRun found = toChange(request);
        RunId run = named(found, request);
        Command.Release release = new Command.Release(requestId(request, found), run);
        return acted(request, found, "release", Conditions.ofLease(request, run).on(release));
    }

    private FoundRun toChange(Request request) {
        Scope scope = request.scope();
        scope.one();
        return finder.findRun(request.parameter("run"), scope, Use.CHANGE);
    }

    private static String requestId(Request request, FoundRun found) {
        return request.requestId(found.job().row().spec().tenant());
    }

    private static Answer acted(Request request, FoundRun found, String verb, Command command)
            throws InterruptedException {
        Reply.Acted reply = (Reply.Acted) Partitions.ask(found.job().handle(), command);
        String run = found.run().map(RunId::toString).orElse("");
        String name = found.job().row().spec().name().name().orElse("");
        String tenant = found.job().row().spec().tenant();
        request.did(verb, run, tenant, name);
        return Answer.ok(JobEndpoint.result(found.job(), reply.acts().getFirst()));
    }

    private static Run existing(FoundRun found, Request request) {
        return found.job().handle().reader().run(named(found, request)).orElseThrow(() -> noSuchRun(found, request));
    }

    private static RunId named(FoundRun found, Request request) {
        return found.run().orElseThrow(() -> noSuchRun(found, request));
    }

    static ApiException noSuchRun(FoundRun found, Request request) {
        String job = found.job().row().spec().display();
        return new ApiException(
                ErrorCode.NOT_FOUND,
                "no such run, or its history is gone; run=" + Texts.excerpt(request.parameter("run")),
                "list them: kalends runs " + job);
    }

    private Optional<OutputView> output(Run run, int attempt) {
        return services.output().read(run.id(), attempt).map(tail -> view(run, attempt, tail));
    }

    private static OutputView view(Run run, int attempt, OutputLog.Tail tail) {
        return new OutputView(
                attempt, tail.offset(), new String(tail.bytes(), StandardCharsets.UTF_8), isOver(run, attempt));
    }

    private static boolean isOver(Run run, int attempt) {
        return attempt < run.attempt() || run.lease().isEmpty();
    }
}
