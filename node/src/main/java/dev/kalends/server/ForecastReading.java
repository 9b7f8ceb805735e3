package dev.kalends.server;

import dev.kalends.forecast.Forecast;
import dev.kalends.job.JobId;
import dev.kalends.job.JobPlan;
import dev.kalends.job.JobSpec;
import dev.kalends.journal.Buckets;
import dev.kalends.journal.StoreReader;
import dev.kalends.journal.StoreReader.JobRow;
import dev.kalends.runtime.PartitionHandle;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads the jobs that a forecast is about, in pages. Without a filter only plans are read and one-offs are counted in
 * the store; with one, whole jobs, which takes several times as long.
 */
final class ForecastReading {
    private static final int PLANS_PAGE = 10_000;
    private static final int JOBS_PAGE = 10_000;
    private static final int NAMES_PAGE = 2_000;

    private final Partitions partitions;
    private final Scope scope;
    private final JobFilter filter;

    ForecastReading(Partitions partitions, Scope scope, JobFilter filter) {
        this.partitions = partitions;
        this.scope = scope;
        this.filter = filter;
    }

    void into(Forecast forecast, Buckets buckets) {
        for (PartitionHandle handle : partitions.all()) {
            StoreReader reader = handle.reader();
            String prefix = Globs.prefix(filter.glob());
            if (filter.isEverything()) {
                forecast.addWaiting(reader.waiting(buckets, scope.tenant()));
                plans(reader, forecast);
            } else if (!prefix.isEmpty() && scope.tenant().isPresent()) {
                named(reader, prefix, row -> add(forecast, row));
            } else {
                all(reader, row -> add(forecast, row));
            }
        }
    }

    private void plans(StoreReader reader, Forecast forecast) {
        Optional<JobId> after = Optional.empty();
        do {
            StoreReader.PlanPage page = reader.plans(after, PLANS_PAGE);
            for (StoreReader.Planned planned : page.rows()) {
                if (scope.sees(planned.plan().name().tenant())) {
                    forecast.add(planned.plan(), planned.state());
                }
            }
            after = page.next();
        } while (after.isPresent());
    }

    private void named(StoreReader reader, String prefix, Consumer<JobRow> sink) {
        String after = "";
        List<JobRow> rows;
        do {
            rows = reader.jobsNamed(scope.one(), prefix, after, NAMES_PAGE);
            rows.stream().filter(filter::matches).forEach(sink);
            after = rows.isEmpty() ? after : rows.getLast().spec().display();
        } while (rows.size() == NAMES_PAGE);
    }

    private void all(StoreReader reader, Consumer<JobRow> sink) {
        Optional<JobId> after = Optional.empty();
        do {
            StoreReader.JobPage page = reader.jobs(
                    after, row -> scope.sees(row.spec().tenant()) && filter.matches(row), JOBS_PAGE, JOBS_PAGE);
            page.rows().forEach(sink);
            after = page.next();
        } while (after.isPresent());
    }

    private static void add(Forecast forecast, JobRow row) {
        JobSpec spec = row.spec();
        if (row.state().isEmpty()) {
            Views.nextDueMs(row).ifPresent(forecast::addOnce);
        } else {
            forecast.add(
                    new JobPlan(spec.id(), spec.name(), spec.schedule(), spec.window(), spec.acceptedMs()),
                    row.state());
        }
    }
}
