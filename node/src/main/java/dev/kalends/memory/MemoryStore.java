package dev.kalends.memory;

import dev.kalends.job.Backfill;
import dev.kalends.job.DeadLetter;
import dev.kalends.job.JobId;
import dev.kalends.job.JobSpec;
import dev.kalends.job.JobState;
import dev.kalends.job.LedgerLine;
import dev.kalends.job.PauseOrder;
import dev.kalends.job.Run;
import dev.kalends.job.RunId;
import dev.kalends.job.Tenant;
import dev.kalends.journal.Batch;
import dev.kalends.journal.Counts;
import dev.kalends.journal.Head;
import dev.kalends.journal.RequestAnswer;
import dev.kalends.journal.Store;
import dev.kalends.journal.StoreException;
import dev.kalends.journal.StoreReader;
import dev.kalends.journal.SubmitKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A {@link Store} in memory, as large as what is applied to it: whoever makes one bounds that. What was applied
 * survives {@link #restart}, as on disk; {@link #snapshot} and {@link #restore} go back to any earlier moment, as a
 * lost disk or a replica that was away does. Called from any thread.
 */
public final class MemoryStore implements Store {
    private static final int SWEEP_SCAN_MAX = 200;

    private final int partition;
    private final Object lock = new Object();
    private MemoryTables tables = new MemoryTables();
    private boolean open = true;
    /** Where the next look for forgotten jobs goes on. */
    private JobId sweptTo = JobId.of(0, 0, 0);

    /** A moment to go back to. */
    public static final class Snapshot {
        private final MemoryTables tables;

        private Snapshot(MemoryTables tables) {
            this.tables = tables;
        }

        /** Position of the last batch in it. */
        public long position() {
            return tables.position;
        }
    }

    public MemoryStore(int partition) {
        this.partition = partition;
    }

    /** Everything applied so far. */
    public Snapshot snapshot() {
        return in(() -> new Snapshot(new MemoryTables(tables)));
    }

    /** Goes back to a snapshot, which can be used again. Readers see it at once. */
    public void restore(Snapshot snapshot) {
        in(() -> tables = new MemoryTables(snapshot.tables));
    }

    /** Dies and comes back with what was applied; says that were not yet durable are forgotten. */
    public void restart() {
        synchronized (lock) {
            open = true;
            tables = new MemoryTables(tables);
        }
    }

    @Override
    public long position() {
        return in(() -> tables.position);
    }

    @Override
    public void apply(Batch batch, long position) {
        synchronized (lock) {
            requireOpen();
            if (position <= tables.position) {
                tables.agenda.keepForgotten();
                throw new IllegalArgumentException(
                        "positions rise; position=" + position + " applied=" + tables.position);
            }
            tables.apply(batch, position);
        }
    }

    @Override
    public boolean cascade(long nowMs, int limit) {
        return in(() -> tables.agenda.cascade(nowMs, limit));
    }

    /** It is all or nothing here. */
    @Override
    public long copiedBeforeMs() {
        return Long.MIN_VALUE;
    }

    @Override
    public void due(long fromMs, long toMs, DueSink sink) {
        in(() -> {
            tables.agenda.due(fromMs, toMs, sink);
            return true;
        });
    }

    @Override
    public void forgetDue(long throughMs) {
        in(() -> {
            tables.agenda.forget(throughMs);
            return true;
        });
    }

    @Override
    public long audit(int day, long fromSequence, int limit, Consumer<JobId> waiting) {
        return in(() -> {
            JobId first = JobId.of(partition, day, fromSequence);
            JobId last = JobId.of(partition, day, JobId.SEQUENCES_MAX - 1);
            NavigableMap<JobId, ?> slot = tables.generationsByJob.subMap(first, true, last, true);
            int looked = 0;
            for (JobId id : slot.keySet()) {
                if (looked == limit) {
                    return id.sequence();
                }
                looked++;
                if (tables.waits(id)) {
                    waiting.accept(id);
                }
            }
            return -1L;
        });
    }

    @Override
    public void openRuns(Consumer<Run> sink) {
        in(() -> {
            tables.runById.values().forEach(sink);
            return true;
        });
    }

    @Override
    public List<String> tenants() {
        return in(() -> {
            TreeSet<String> names = new TreeSet<>(tables.tenantByName.keySet());
            names.addAll(tables.countsByTenant.keySet());
            return List.copyOf(names);
        });
    }

    @Override
    public List<String> expiredRequests(long nowMs, int limit) {
        return in(() -> tables.answerById.values().stream()
                .filter(answer -> answer.expiresMs() <= nowMs)
                .sorted(Comparator.comparingLong(RequestAnswer::expiresMs).thenComparing(RequestAnswer::requestId))
                .map(RequestAnswer::requestId)
                .limit(limit)
                .toList());
    }

    @Override
    public List<SubmitKey.Id> expiredSubmitKeys(long nowMs, int limit) {
        return in(() -> tables.keyById.values().stream()
                .filter(entry -> entry.expiresMs() != 0 && entry.expiresMs() <= nowMs)
                .sorted(Comparator.comparingLong(SubmitKey::expiresMs).thenComparing(SubmitKey::job))
                .map(SubmitKey::id)
                .limit(limit)
                .toList());
    }

    @Override
    public List<RunId> deadBefore(long diedBeforeMs, int limit) {
        return in(() -> tables.letterByRun.values().stream()
                .filter(letter -> letter.diedMs() < diedBeforeMs)
                .sorted(Comparator.comparingLong(DeadLetter::diedMs))
                .map(letter -> letter.run().id())
                .limit(limit)
                .toList());
    }

    @Override
    public List<JobId> forgottenJobs(long overBeforeMs, int limit) {
        return in(() -> {
            List<JobId> jobs = new ArrayList<>();
            NavigableMap<JobId, ?> rest = tables.generationsByJob.tailMap(sweptTo, true);
            sweptTo = JobId.of(0, 0, 0);
            int looked = 0;
            for (JobId id : rest.keySet()) {
                if (looked++ == SWEEP_SCAN_MAX || jobs.size() == limit) {
                    sweptTo = jobs.size() == limit ? sweptTo : id;
                    break;
                }
                tables.state(id)
                        .filter(state -> state.phaseSinceMs() < overBeforeMs && tables.forgotten(state))
                        .ifPresent(_ -> jobs.add(id));
            }
            return jobs;
        });
    }

    @Override
    public int pruneHistory(History cut, int limit) {
        return in(() -> tables.history.prune(cut, limit));
    }

    @Override
    public StoreReader reader() {
        return new MemoryReader(this);
    }

    @Override
    public void close() {
        open = false;
    }

    @Override
    public Optional<JobSpec> spec(JobId id) {
        return in(() -> tables.spec(id));
    }

    @Override
    public Optional<JobSpec> spec(JobId id, int generation) {
        return in(() -> tables.spec(id, generation));
    }

    @Override
    public Optional<JobState> state(JobId id) {
        return in(() -> tables.state(id));
    }

    @Override
    public Optional<Run> run(RunId id) {
        return in(() -> tables.run(id));
    }

    @Override
    public List<Run> openRuns(JobId id) {
        return in(() -> tables.openRuns(id));
    }

    @Override
    public Optional<Run> finished(RunId id) {
        return in(() -> tables.finished(id));
    }

    @Override
    public Optional<DeadLetter> dead(RunId id) {
        return in(() -> tables.dead(id));
    }

    @Override
    public Optional<JobId> named(String tenant, String name) {
        return in(() -> tables.named(tenant, name));
    }

    @Override
    public Optional<SubmitKey> submitKey(SubmitKey.Id id) {
        return in(() -> tables.submitKey(id));
    }

    @Override
    public Optional<RequestAnswer> request(String requestId) {
        return in(() -> tables.request(requestId));
    }

    @Override
    public long nextSequence(int day) {
        return in(() -> tables.nextSequence(day));
    }

    @Override
    public Optional<Tenant> tenant(String name) {
        return in(() -> tables.tenant(name));
    }

    @Override
    public Counts counts(String tenant) {
        return in(() -> tables.counts(tenant));
    }

    @Override
    public List<PauseOrder> pauses() {
        return in(tables::pauses);
    }

    @Override
    public List<JobId> heldBy(Optional<String> tenant, int limit) {
        return in(() -> tables.heldBy(tenant, limit));
    }

    @Override
    public List<Backfill> backfills() {
        return in(tables::backfills);
    }

    @Override
    public Head head() {
        return in(() -> tables.head());
    }

    @Override
    public Optional<LedgerLine> ledgerAtOrBefore(JobId job, long nominalMs) {
        return in(() -> tables.ledgerAtOrBefore(job, nominalMs));
    }

    @Override
    public Optional<LedgerLine> ledgerAfter(JobId job, long nominalMs) {
        return in(() -> tables.ledgerAfter(job, nominalMs));
    }

    /** Reads in a snapshot. */
    <T> T read(Function<MemoryTables, T> query) {
        synchronized (lock) {
            return query.apply(tables);
        }
    }

    private <T> T in(Supplier<T> work) {
        synchronized (lock) {
            requireOpen();
            return work.get();
        }
    }

    private void requireOpen() {
        if (!open) {
            throw new StoreException(StoreException.Kind.NOT_AVAILABLE, "the store is closed; partition=" + partition);
        }
    }
}
