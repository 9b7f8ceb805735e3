package dev.kalends.memory;

import dev.kalends.job.Backfill;
import dev.kalends.job.DeadLetter;
import dev.kalends.job.JobId;
import dev.kalends.job.JobName;
import dev.kalends.job.JobPlan;
import dev.kalends.job.JobSpec;
import dev.kalends.job.JobState;
import dev.kalends.job.LedgerLine;
import dev.kalends.job.PauseOrder;
import dev.kalends.job.Run;
import dev.kalends.job.RunId;
import dev.kalends.job.Tenant;
import dev.kalends.journal.Buckets;
import dev.kalends.journal.Change;
import dev.kalends.journal.Counts;
import dev.kalends.journal.Dump;
import dev.kalends.journal.Head;
import dev.kalends.journal.RequestAnswer;
import dev.kalends.journal.StoreReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Reads a {@link MemoryStore} from any thread. */
final class MemoryReader implements StoreReader {
    private final MemoryStore store;

    MemoryReader(MemoryStore store) {
        this.store = store;
    }

    @Override
    public long position() {
        return store.read(tables -> tables.position);
    }

    @Override
    public Optional<JobRow> job(JobId id) {
        return store.read(tables -> row(tables, id));
    }

    private static Optional<JobRow> row(MemoryTables tables, JobId id) {
        return tables.spec(id)
                .map(spec ->
                        new JobRow(spec, tables.state(id), !tables.openRuns(id).isEmpty()));
    }

    @Override
    public Optional<JobId> named(String tenant, String name) {
        return store.read(tables -> tables.named(tenant, name));
    }

    @Override
    public List<JobId> byIdPrefix(String tenant, String prefix, int limit) {
        String start = prefix.toLowerCase(Locale.ROOT);
        return store.read(tables -> tables.generationsByJob.keySet().stream()
                .filter(id -> id.toString().startsWith(start))
                .filter(id -> tables.spec(id)
                        .filter(spec -> spec.tenant().equals(tenant))
                        .isPresent())
                .limit(limit)
                .toList());
    }

    @Override
    public JobPage jobs(Optional<JobId> after, Predicate<JobRow> wanted, int limit, int scan) {
        return store.read(tables -> {
            NavigableMap<JobId, ?> rest = after.<NavigableMap<JobId, ?>>map(
                            id -> tables.generationsByJob.tailMap(id, false))
                    .orElse(tables.generationsByJob);
            List<JobRow> rows = new ArrayList<>();
            Optional<JobId> last = Optional.empty();
            int looked = 0;
            for (JobId id : rest.keySet()) {
                if (rows.size() == limit || looked == scan) {
                    return new JobPage(rows, last.or(() -> after));
                }
                looked++;
                last = Optional.of(id);
                row(tables, id).filter(wanted).ifPresent(rows::add);
            }
            return new JobPage(rows, Optional.empty());
        });
    }

    @Override
    public List<JobRow> jobsNamed(String tenant, String prefix, String after, int limit) {
        return store.read(tables -> tables.jobByName.entrySet().stream()
                .filter(entry -> entry.getKey().tenant().equals(tenant))
                .filter(entry -> entry.getKey().name().startsWith(prefix))
                .filter(entry -> entry.getKey().name().compareTo(after) > 0)
                .limit(limit)
                .flatMap(entry -> row(tables, entry.getValue()).stream())
                .toList());
    }

    @Override
    public Optional<JobSpec> spec(JobId id, int generation) {
        return store.read(tables -> tables.spec(id, generation));
    }

    @Override
    public Optional<Run> run(RunId id) {
        return store.read(tables -> tables.run(id).or(() -> tables.finished(id)));
    }

    @Override
    public List<Run> openRuns(Optional<RunId> after, Predicate<Run> wanted, int limit) {
        return store.read(tables -> tables.runById.values().stream()
                .filter(run -> after.isEmpty() || run.id().compareTo(after.get()) > 0)
                .filter(wanted)
                .limit(limit)
                .toList());
    }

    @Override
    public List<Run> openRuns(JobId job) {
        return store.read(tables -> tables.openRuns(job));
    }

    @Override
    public List<Run> history(JobId job, long beforeSequence, int limit) {
        return store.read(tables -> tables.history.of(job, beforeSequence, limit));
    }

    @Override
    public HistoryPage history(long beforeSequence, Predicate<Run> wanted, int limit, int scan) {
        return store.read(tables -> {
            List<Run> runs = new ArrayList<>();
            long last = beforeSequence;
            int looked = 0;
            for (Map.Entry<Long, Run> line :
                    tables.history.before(beforeSequence).entrySet()) {
                if (runs.size() == limit || looked == scan) {
                    return new HistoryPage(runs, last);
                }
                looked++;
                last = line.getKey();
                if (wanted.test(line.getValue())) {
                    runs.add(line.getValue());
                }
            }
            return new HistoryPage(runs, -1);
        });
    }

    @Override
    public List<DeadLetter> dead(Optional<RunId> after, Predicate<DeadLetter> wanted, int limit) {
        return store.read(tables -> tables.letterByRun.values().stream()
                .filter(letter -> after.isEmpty() || letter.run().id().compareTo(after.get()) > 0)
                .filter(wanted)
                .limit(limit)
                .toList());
    }

    @Override
    public List<LedgerLine> ledger(JobId job, long fromMs, int limit) {
        return store.read(tables -> tables.ledger(job).values().stream()
                .filter(line -> line.toMs() >= fromMs)
                .limit(limit)
                .toList());
    }

    @Override
    public List<Tenant> tenants() {
        return store.read(tables -> List.copyOf(tables.tenantByName.values()));
    }

    @Override
    public List<Counts> counts() {
        return store.read(tables -> List.copyOf(tables.countsByTenant.values()));
    }

    @Override
    public List<PauseOrder> pauses() {
        return store.read(MemoryTables::pauses);
    }

    @Override
    public List<Backfill> backfills() {
        return store.read(MemoryTables::backfills);
    }

    @Override
    public Head head() {
        return store.read(MemoryTables::head);
    }

    @Override
    public long oneOffsDue(long throughMs) {
        return store.read(tables -> tables.generationsByJob.keySet().stream()
                .flatMap(id -> tables.current(id).stream())
                .filter(current -> current.firstDueMs() >= 0 && current.firstDueMs() <= throughMs)
                .count());
    }

    @Override
    public Waiting waiting(Buckets buckets, Optional<String> tenant) {
        return store.read(tables -> {
            long[] counts = new long[buckets.count()];
            tables.generationsByJob.forEach((id, generations) -> {
                MemoryTables.Generation first = generations.firstEntry().getValue();
                boolean asked = tenant.map(first.spec().tenant()::equals).orElse(true);
                if (id.day() > 0 && generations.size() == 1 && asked) {
                    Optional<Long> dueMs = tables.waits(id)
                            ? Optional.of(first.firstDueMs())
                            : tables.state(id).flatMap(JobState::next).map(JobState.NextFire::dueMs);
                    dueMs.map(buckets::of).filter(bucket -> bucket >= 0).ifPresent(bucket -> counts[bucket]++);
                }
            });
            return Waiting.exactly(counts);
        });
    }

    @Override
    public List<RequestAnswer> answers(String fromId, String beforeId, int limit) {
        return store.read(tables -> tables.answerById.values().stream()
                .filter(answer -> answer.requestId().compareTo(fromId) >= 0
                        && answer.requestId().compareTo(beforeId) < 0)
                .sorted(Comparator.comparing(RequestAnswer::requestId))
                .limit(limit)
                .toList());
    }

    @Override
    public PlanPage plans(Optional<JobId> after, int scan) {
        return store.read(tables -> {
            List<Planned> rows = tables.generationsByJob.entrySet().stream()
                    .filter(entry -> after.isEmpty() || entry.getKey().compareTo(after.get()) > 0)
                    .filter(entry ->
                            entry.getKey().day() == 0 || entry.getValue().size() > 1)
                    .limit(scan)
                    .map(entry -> planned(
                            tables, entry.getValue().lastEntry().getValue().spec()))
                    .toList();
            return new PlanPage(
                    rows,
                    rows.size() < scan
                            ? Optional.empty()
                            : Optional.of(rows.getLast().plan().id()));
        });
    }

    @Override
    public long dump(Dump dump, Consumer<Change> sink) {
        MemoryDump taken = store.read(tables -> new MemoryDump(tables, dump));
        taken.changes().forEach(sink);
        return taken.position();
    }

    @Override
    public HistoryPage historyAfter(long afterSequence, int limit) {
        return store.read(tables -> {
            Map<Long, Run> lines = tables.history.after(afterSequence, limit);
            long last = lines.keySet().stream().reduce(afterSequence, (_, next) -> next);
            return new HistoryPage(List.copyOf(lines.values()), lines.size() == limit ? last : -1);
        });
    }

    private static Planned planned(MemoryTables tables, JobSpec spec) {
        JobName name = new JobName(spec.tenant(), spec.name().name(), Optional.empty());
        JobPlan plan = new JobPlan(spec.id(), name, spec.schedule(), spec.window(), spec.acceptedMs());
        return new Planned(plan, tables.state(spec.id()));
    }
}
