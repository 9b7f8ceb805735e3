package dev.kalends.server;

import dev.kalends.job.JobId;
import dev.kalends.job.RunId;
import dev.kalends.partition.Command;
import dev.kalends.partition.Seen;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * What a client says it has seen, for the decision to hold against what is: {@code If-Match} with the revision of a job
 * or the token of a lease, {@code generation} of a job, {@code series} of a run, {@code token} of a lease.
 */
final class Conditions {
    static final String GENERATION = "generation";
    static final String SERIES = "series";
    static final String TOKEN = "token";

    private final Request request;
    private final List<Seen> seen = new ArrayList<>();

    private Conditions(Request request) {
        this.request = request;
    }

    /** On a job. */
    static Conditions of(Request request, JobId job) {
        Conditions conditions = new Conditions(request);
        request.ifMatch().ifPresent(revision -> conditions.seen.add(new Seen.JobRevision(job, revision)));
        conditions
                .number(GENERATION, Integer.MAX_VALUE)
                .ifPresent(generation -> conditions.seen.add(new Seen.JobGeneration(job, (int) generation)));
        return conditions;
    }

    /** On a run. */
    static Conditions of(Request request, RunId run) {
        Conditions conditions = new Conditions(request);
        conditions
                .number(SERIES, Integer.MAX_VALUE)
                .ifPresent(series -> conditions.seen.add(new Seen.RunSeries(run, (int) series)));
        return conditions;
    }

    /** On a run's lease. */
    static Conditions ofLease(Request request, RunId run) {
        Conditions conditions = new Conditions(request);
        request.ifMatch().ifPresent(token -> conditions.seen.add(new Seen.RunToken(run, token)));
        conditions.number(TOKEN, Long.MAX_VALUE).ifPresent(token -> conditions.seen.add(new Seen.RunToken(run, token)));
        return conditions;
    }

    private OptionalLong number(String name, long max) {
        return request.query().one(name).isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(request.query().number(name, 0, 0, max));
    }

    /** The command, to be decided only if all of it holds. */
    Command.Requested on(Command.Requested command) {
        return seen.isEmpty() ? command : new Command.IfUnchanged(seen, command);
    }
}
