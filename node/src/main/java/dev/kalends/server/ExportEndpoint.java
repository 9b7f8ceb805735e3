package dev.kalends.server;

import dev.kalends.api.JobRequest;
import dev.kalends.api.Json;
import dev.kalends.job.JobId;
import dev.kalends.job.JobSpec;
import dev.kalends.job.Schedule;
import dev.kalends.journal.StoreReader;
import dev.kalends.journal.StoreReader.JobRow;
import dev.kalends.runtime.PartitionHandle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Answers {@code GET /v1/export}: a line a job, in the input shape, so that the lines can be submitted again.
 *
 * <p>Written are the jobs that something is still to be expected of, in id order. It is no snapshot: each page is read
 * in its own. Secrets are shown as they were submitted.
 */
final class ExportEndpoint {
    private static final int PAGE = 500;
    private static final int SCAN = 10_000;

    private final Services services;

    ExportEndpoint(Services services) {
        this.services = services;
    }

    Answer export(Request request) {
        Query query = request.query();
        query.allow(Set.of("name", "label"));
        Scope scope = request.scope();
        Predicate<JobRow> wanted = row -> scope.sees(row.spec().tenant()) && isLive(row);
        Optional<String> glob = query.one("name");
        if (glob.isPresent()) {
            wanted = wanted.and(row -> row.spec()
                    .name()
                    .name()
                    .filter(name -> Globs.matches(glob.get(), name))
                    .isPresent());
        }
        for (String label : query.all("label")) {
            wanted = wanted.and(JobListing.label(label));
        }
        Predicate<JobRow> filter = wanted;
        return new Answer.Stream(Answer.NDJSON, out -> write(out, scope, filter));
    }

    private void write(OutputStream out, Scope scope, Predicate<JobRow> wanted) throws IOException {
        out.flush();
        for (PartitionHandle handle : services.partitions().all()) {
            Optional<JobId> after = Optional.empty();
            do {
                StoreReader.JobPage page = handle.reader().jobs(after, wanted, PAGE, SCAN);
                ByteArrayOutputStream lines = new ByteArrayOutputStream();
                for (JobRow row : page.rows()) {
                    lines.writeBytes(Json.writeRequest(shape(row.spec(), scope)));
                    lines.write('\n');
                }
                lines.writeTo(out);
                after = page.next();
            } while (after.isPresent());
        }
        out.flush();
    }

    /** Lines of several tenants name each one's, so that none lands in whatever tenant they are submitted to. */
    private static JobRequest shape(JobSpec spec, Scope scope) {
        return scope.tenant().isEmpty() ? RequestViews.withTenant(spec) : RequestViews.of(spec);
    }

    /** A one-off that has come due is left out: submitted again, it would run again. */
    private static boolean isLive(JobRow row) {
        return switch (Views.state(row)) {
            case "finished", "cancelled" -> false;
            case "active" -> !(row.spec().schedule() instanceof Schedule.Once);
            default -> true;
        };
    }
}
