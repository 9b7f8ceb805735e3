package dev.kalends.server;

import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorCode;
import dev.kalends.job.JobId;
import dev.kalends.job.RunId;
import dev.kalends.journal.StoreReader;
import dev.kalends.journal.StoreReader.JobRow;
import dev.kalends.runtime.PartitionHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds the job or run that a text means: exact name, then exact id, then (for reading only) the beginning of an id.
 *
 * <p>By name and id it is found as soon as it was accepted anywhere: the replica catches up with its leader first. When
 * that cannot be, what is here has to do. A job of another tenant is not found, in the same words as one that does not
 * exist.
 */
final class JobFinder {
    /** How long a read by name or id waits for the replica here to have what its leader has. */
    private static final int PREFIX_CHARS_MIN = 6;

    private static final int PREFIX_HITS_MAX = 3;
    private static final String LATEST = "latest";

    private final Partitions partitions;

    JobFinder(Partitions partitions) {
        this.partitions = partitions;
    }

    /** Whether the beginning of an id is enough. */
    enum Use {
        /** A unique beginning will do. */
        LOOK,
        /** Only the whole name or id: a typo must not cancel a stranger. */
        CHANGE
    }

    /** A job with its owner. */
    record Found(PartitionHandle handle, JobRow row) {
        JobId id() {
            return row.spec().id();
        }
    }

    /**
     * What a text means as a run.
     *
     * @param run empty for {@code latest} of a job that never ran
     */
    record FoundRun(Found job, Optional<RunId> run) {}

    /** The job that is meant; {@code not_found} with what may have been meant. */
    Found find(String text, Scope scope, Use use) {
        boolean current = refresh(text, scope);
        Optional<Found> exact = byName(text, scope).or(() -> byId(text, scope));
        if (exact.isPresent()) {
            return exact.get();
        }
        List<Found> begun = byPrefix(text, scope);
        if (begun.isEmpty() && !current) {
            throw behind(text);
        }
        return switch (use) {
            case LOOK -> unique(text, begun, scope);
            case CHANGE -> throw begun.isEmpty() ? notFound(text, scope) : prefixRefused(text, begun);
        };
    }

    /** {@code JOB@INSTANT}, {@code NAME@INSTANT} or {@code NAME@latest}. */
    FoundRun findRun(String text, Scope scope, Use use) {
        int at = text.indexOf('@');
        if (at < 0) {
            throw new ApiException(
                    ErrorCode.INVALID,
                    "a run is JOB@INSTANT or JOB@latest; run=" + Texts.excerpt(text),
                    "list them: kalends runs JOB");
        }
        Found job = find(text.substring(0, at), scope, use);
        String instant = text.substring(at + 1);
        if (instant.equals(LATEST)) {
            return new FoundRun(job, latest(job));
        }
        RunId run = RunId.parse(job.id(), instant)
                .orElseThrow(() -> new ApiException(
                        ErrorCode.INVALID,
                        "a run's instant is written 20260308T070000Z; run=" + Texts.excerpt(text),
                        "list them: kalends runs " + job.row().spec().display()));
        return new FoundRun(job, Optional.of(run));
    }

    /** The run that began last: an open one, else the newest of history. */
    private static Optional<RunId> latest(Found job) {
        StoreReader reader = job.handle().reader();
        List<RunId> open =
                reader.openRuns(job.id()).stream().map(run -> run.id()).toList();
        return open.isEmpty()
                ? reader.history(job.id(), Long.MAX_VALUE, 1).stream()
                        .map(run -> run.id())
                        .findFirst()
                : Optional.of(open.getLast());
    }

    /** Whether the replicas here that may have the job have everything that was committed before. */
    private boolean refresh(String text, Scope scope) {
        boolean current = scope.tenant()
                .map(tenant -> partitions.ofName(tenant, text).refresh(Partitions.REFRESH_WAIT_MS))
                .orElse(true);
        boolean currentById = JobId.parse(text)
                .flatMap(partitions::of)
                .map(handle -> handle.refresh(Partitions.REFRESH_WAIT_MS))
                .orElse(true);
        return current && currentById;
    }

    /** A replica that is behind may not have seen a job that was acknowledged: what it lacks is not known to be not. */
    private static ApiException behind(String text) {
        return new ApiException(
                ErrorCode.UNAVAILABLE,
                "this node cannot tell whether there is such a job: its replica is behind; job=" + Texts.excerpt(text),
                "try again, or ask another node");
    }

    private Optional<Found> byName(String text, Scope scope) {
        if (scope.tenant().isEmpty()) {
            return Optional.empty();
        }
        String tenant = scope.tenant().get();
        PartitionHandle handle = partitions.ofName(tenant, text);
        return handle.reader().named(tenant, text).flatMap(id -> row(handle, id, scope));
    }

    private Optional<Found> byId(String text, Scope scope) {
        return JobId.parse(text).flatMap(id -> partitions.of(id).flatMap(handle -> row(handle, id, scope)));
    }

    private List<Found> byPrefix(String text, Scope scope) {
        List<Found> found = new ArrayList<>();
        if (text.length() < PREFIX_CHARS_MIN
                || text.length() >= JobId.TEXT_LENGTH
                || scope.tenant().isEmpty()) {
            return found;
        }
        for (PartitionHandle handle : partitions.all()) {
            for (JobId id : handle.reader().byIdPrefix(scope.tenant().get(), text, PREFIX_HITS_MAX)) {
                row(handle, id, scope).ifPresent(found::add);
            }
        }
        return found;
    }

    private static Optional<Found> row(PartitionHandle handle, JobId id, Scope scope) {
        return handle.reader()
                .job(id)
                .filter(row -> scope.sees(row.spec().tenant()))
                .map(row -> new Found(handle, row));
    }

    private Found unique(String text, List<Found> begun, Scope scope) {
        if (begun.isEmpty()) {
            throw notFound(text, scope);
        }
        if (begun.size() > 1) {
            throw new ApiException(
                    ErrorCode.INVALID,
                    "several ids begin like this; id=" + Texts.excerpt(text),
                    "write more of it: " + begun.get(0).id() + " or "
                            + begun.get(1).id());
        }
        return begun.getFirst();
    }

    private static ApiException prefixRefused(String text, List<Found> begun) {
        return new ApiException(
                ErrorCode.INVALID,
                "what changes something needs the whole name or id; id=" + Texts.excerpt(text),
                "write it out: " + begun.getFirst().row().spec().display());
    }

    private ApiException notFound(String text, Scope scope) {
        String where = scope.tenant().map(tenant -> "tenant " + tenant).orElse("any tenant by this id");
        String hint = new NameGuess(partitions)
                .of(text, scope)
                .map(name -> "did you mean " + name + "?   ")
                .orElse("");
        return new ApiException(
                ErrorCode.NOT_FOUND, "no job " + Texts.excerpt(text) + " in " + where, hint + "list: kalends ls");
    }
}
