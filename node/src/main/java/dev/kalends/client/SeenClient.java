package dev.kalends.client;

import dev.kalends.api.ActionResult;
import dev.kalends.api.Json;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Actions on jobs and runs that are done only while these are as somebody saw them: a job in its generation, a run in
 * its series of attempts, a lease with its token. Otherwise they throw {@code conflict} and nothing has changed.
 */
public final class SeenClient {
    private final Transport transport;

    SeenClient(Transport transport) {
        this.transport = transport;
    }

    public ActionResult cancelJob(String id, int generation) {
        return change("DELETE", job(id).query("generation", Integer.toString(generation)));
    }

    public ActionResult trigger(String id, int generation) {
        return change("POST", job(id).word("trigger").query("generation", Integer.toString(generation)));
    }

    /** Ends a run, also while it runs. */
    public ActionResult cancelRun(String run, int series) {
        return change("DELETE", run(run).flag("running", Flag.ON).query("series", Integer.toString(series)));
    }

    public ActionResult rerun(String run, int series) {
        return change("POST", run(run).word("rerun").query("series", Integer.toString(series)));
    }

    /** Takes a run's lease back from its worker; without a token whatever lease it has. */
    public ActionResult release(String run, OptionalLong token) {
        Target target = run(run).word("lease");
        token.ifPresent(seen -> target.query("token", Long.toString(seen)));
        return change("DELETE", target);
    }

    private static Target job(String id) {
        return Target.of("/v1/jobs").segment(id);
    }

    private static Target run(String run) {
        return Target.of("/v1/runs").segment(run);
    }

    private ActionResult change(String method, Target target) {
        return Json.readAnswer(ActionResult.class, transport.call(Call.change(method, target, Optional.empty())));
    }
}
