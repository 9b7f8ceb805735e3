package dev.kalends.cli.act;

import dev.kalends.api.ActionPage;
import dev.kalends.api.ActionResult;
import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorCode;
import dev.kalends.api.JobView;
import dev.kalends.api.PauseRequest;
import dev.kalends.cli.command.Arguments;
import dev.kalends.cli.command.Command;
import dev.kalends.cli.command.Grammar;
import dev.kalends.cli.command.Session;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Which jobs {@code pause} and {@code resume} mean: named ones, those with labels, a tenant's, or all there are. */
final class Chosen {
    private static final int CHUNK = 500;
    private static final Set<String> FAILURES = Set.of("not_found", "still_paused");

    private Chosen() {}

    static void declare(Grammar grammar) {
        grammar.positionals("JOB", "0..*", "name or id")
                .repeated("-l,--label", "k=v", "all jobs with this label; several: with all of them")
                .toggle("--all", "everything: with -T TENANT all of that tenant, without it all there is");
    }

    /** A request for some jobs, or for all: {@code jobs} is null then. */
    interface Request {
        PauseRequest of(@Nullable List<String> jobs, @Nullable Boolean all, @Nullable Boolean everyTenant);
    }

    /** Sends the request for what is chosen, in portions, and prints what was done to each. */
    static int act(
            Arguments arguments,
            Session session,
            Request request,
            Function<PauseRequest, ActionPage> send,
            Predicate<JobView> wanted) {
        List<String> labels = arguments.texts("--label");
        List<String> named = arguments.positionals();
        boolean all = arguments.has("--all");
        if ((labels.isEmpty() ? 0 : 1) + (named.isEmpty() ? 0 : 1) + (all ? 1 : 0) != 1) {
            throw Arguments.usage("name jobs, or choose them by -l k=v, or all by --all");
        }
        if (all) {
            boolean everyTenant = session.settings().target().tenant().isEmpty();
            ActionResult result =
                    send.apply(request.of(null, true, everyTenant)).items().getFirst();
            Acts.print(session, result);
            return Command.DONE;
        }
        List<String> jobs = named.isEmpty() ? JobChoice.labelled(session.client(), labels, wanted) : named;
        if (jobs.isEmpty()) {
            session.tell("no job with these labels is in question; list them: kalends ls -l k=v");
            return Command.DONE;
        }
        int failed = 0;
        for (int from = 0; from < jobs.size(); from += CHUNK) {
            List<String> chunk = jobs.subList(from, Math.min(jobs.size(), from + CHUNK));
            for (ActionResult result : send.apply(request.of(chunk, null, null)).items()) {
                failed += FAILURES.contains(result.outcome()) ? 1 : 0;
                Acts.print(session, result);
            }
        }
        if (failed > 0) {
            throw new ApiException(
                    jobs.size() == 1 ? ErrorCode.CONFLICT : ErrorCode.PARTLY_FAILED,
                    failed + " of " + jobs.size() + " could not be done",
                    "each line says why");
        }
        return Command.DONE;
    }
}
