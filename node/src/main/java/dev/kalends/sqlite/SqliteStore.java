package dev.kalends.sqlite;

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
import dev.kalends.journal.Change;
import dev.kalends.journal.Codec;
import dev.kalends.journal.Counts;
import dev.kalends.journal.Head;
import dev.kalends.journal.JobRecord;
import dev.kalends.journal.RequestAnswer;
import dev.kalends.journal.Store;
import dev.kalends.journal.StoreException;
import dev.kalends.journal.StoreException.Kind;
import dev.kalends.journal.StoreReader;
import dev.kalends.journal.SubmitKey;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A partition's state in one SQLite file: one connection writes, by the partition's thread; a few read, from any.
 *
 * <p>One commit is one transaction: the changes, the position, and the agenda entries that were decided. An input or
 * output error and damage are final: every later call repeats them, since what the disk holds is then unknown. Any
 * other failure leaves the store as it was before the call.
 */
public final class SqliteStore implements Store {
    private final Database database;
    private final Session writer;
    private final Reads reads;
    private final Interned interned = new Interned();
    private final Agenda agenda;
    private final HistoryTable history;
    private final ChangeWriter changes;
    private final SlotCounts slotCounts;
    private final Checkpointer checkpointer;
    private final ReaderPool readers;

    private long position;
    private @Nullable StoreException broken;
    private boolean closed;

    private SqliteStore(Database database, int partition, Bounds bounds) {
        this.database = database;
        this.writer = database.writer();
        this.reads = new Reads(writer, interned);
        this.agenda = new Agenda(writer, partition);
        this.history = new HistoryTable(reads);
        this.changes = new ChangeWriter(reads, agenda, history);
        this.slotCounts = new SlotCounts(partition);
        this.readers = new ReaderPool(database, interned);
        try {
            load();
            bounds.pagesMax()
                    .ifPresent(pages ->
                            writer.on("PRAGMA max_page_count = " + pages).number(0));
            this.checkpointer = new Checkpointer(database, bounds.walBytesMax());
        } catch (RuntimeException e) {
            writer.close();
            throw e;
        }
    }

    /** Makes an empty database for a partition, unless the file is there. */
    public static void create(Path file, int partition) {
        new Database(file, partition, Durability.FULL).create();
    }

    /**
     * Opens and checks a partition's database.
     *
     * @throws StoreException DAMAGED when it is missing, cut off, not ours or of another partition; NEWER when its
     *     schema is newer; NOT_AVAILABLE when it cannot be read and written
     */
    public static SqliteStore open(Path file, int partition, Durability durability) {
        return open(file, partition, durability, Bounds.DEFAULT);
    }

    /** Opens with other bounds. */
    static SqliteStore open(Path file, int partition, Durability durability, Bounds bounds) {
        SqliteStore store = new SqliteStore(new Database(file, partition, durability), partition, bounds);
        store.checkpointer.start();
        return store;
    }

    private void load() {
        interned.load(writer);
        agenda.load();
        history.load();
        changes.load();
        position = reads.position();
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public void apply(Batch batch, long newPosition) {
        if (newPosition <= position) {
            throw new IllegalArgumentException("positions rise; position=" + newPosition + " applied=" + position);
        }
        commit(() -> {
            agenda.drop();
            history.beginBatch();
            changes.write(batch.changes());
            batch.changes().forEach(this::noteSlot);
            return writer.on("UPDATE partition SET position = ?, next_history = ?")
                    .with(newPosition)
                    .with(history.next())
                    .run();
        });
        position = newPosition;
    }

    private void noteSlot(Change change) {
        if (change instanceof Change.PutSpec put) {
            slotCounts.touch(put.spec().id());
        } else if (change instanceof Change.RemoveJob remove) {
            slotCounts.touch(remove.id());
        }
    }

    @Override
    public boolean cascade(long nowMs, int limit) {
        return commit(() -> agenda.cascade(nowMs, limit));
    }

    @Override
    public long copiedBeforeMs() {
        return agenda.copiedBeforeMs();
    }

    @Override
    public int pruneHistory(History cut, int limit) {
        return commit(() -> history.prune(cut, limit));
    }

    /** Does work in one transaction. */
    private <T> T commit(Supplier<T> work) {
        requireUsable();
        T answer;
        try {
            writer.on("BEGIN IMMEDIATE").run();
            answer = work.get();
            writer.on("COMMIT").run();
        } catch (RuntimeException e) {
            undo(e);
            throw e;
        }
        slotCounts.committed();
        checkpointer.committed();
        checkpointer.cutIfOvergrown(writer);
        return answer;
    }

    private void undo(RuntimeException cause) {
        if (cause instanceof StoreException failure && (failure.kind() == Kind.IO || failure.kind() == Kind.DAMAGED)) {
            broken = failure;
        }
        try {
            writer.execute("ROLLBACK");
        } catch (StoreException e) {
            // SQLite itself rolls back after some errors, and then says that no transaction is active.
            cause.addSuppressed(e);
        }
        try {
            load();
        } catch (StoreException e) {
            cause.addSuppressed(e);
            broken = broken == null ? e : broken;
        }
    }

    private void requireUsable() {
        if (closed) {
            throw new StoreException(Kind.NOT_AVAILABLE, "the store is closed; file=" + database.path());
        }
        StoreException failure =
                broken != null ? broken : checkpointer.failure().orElse(null);
        if (failure != null) {
            throw new StoreException(failure.kind(), String.valueOf(failure.getMessage()), failure);
        }
    }

    private Reads reads() {
        requireUsable();
        return reads;
    }

    @Override
    public void due(long fromMs, long toMs, DueSink sink) {
        requireUsable();
        agenda.due(fromMs, toMs, sink);
    }

    @Override
    public void forgetDue(long throughMs) {
        agenda.forget(throughMs);
    }

    @Override
    public long audit(int day, long fromSequence, int limit, Consumer<JobId> waiting) {
        requireUsable();
        return agenda.audit(day, fromSequence, limit, waiting);
    }

    @Override
    public void openRuns(Consumer<Run> sink) {
        reads().session()
                .on("SELECT job, run FROM run")
                .each(row -> sink.accept(Codec.decodeRun(row.bytes(2), new JobId(row.number(1)))));
    }

    @Override
    public List<String> tenants() {
        return reads().session()
                .on("SELECT name FROM tenant WHERE limits IS NOT NULL OR counts IS NOT NULL ORDER BY name")
                .list(row -> row.text(1));
    }

    @Override
    public List<String> expiredRequests(long nowMs, int limit) {
        return reads().session()
                .on("SELECT id FROM request WHERE expires <= ? ORDER BY expires, id LIMIT ?")
                .with(nowMs)
                .with(limit)
                .list(row -> row.text(1));
    }

    @Override
    public List<SubmitKey.Id> expiredSubmitKeys(long nowMs, int limit) {
        return reads().session()
                .on("SELECT tenant.name, submit_key.name, key FROM submit_key JOIN tenant ON tenant.number = tenant"
                        + " WHERE expires > 0 AND expires <= ? ORDER BY expires LIMIT ?")
                .with(nowMs)
                .with(limit)
                .list(row -> new SubmitKey.Id(
                        row.text(1), Optional.of(row.text(2)).filter(name -> !name.isEmpty()), row.text(3)));
    }

    @Override
    public List<RunId> deadBefore(long diedBeforeMs, int limit) {
        return reads().session()
                .on("SELECT job, nominal, mark FROM dead WHERE died < ? ORDER BY died LIMIT ?")
                .with(diedBeforeMs)
                .with(limit)
                .list(row -> SlotIds.runId(row.number(1), row.number(2), row.number(3)));
    }

    @Override
    public List<JobId> forgottenJobs(long overBeforeMs, int limit) {
        requireUsable();
        return history.forgottenJobs(overBeforeMs, limit);
    }

    @Override
    public StoreReader reader() {
        return new SqliteReader(readers, slotCounts, database.partition());
    }

    /**
     * Copies everything committed so far into one new file, while writing goes on; from any thread.
     *
     * <p>The copy is a snapshot. As long as it is being made, the write-ahead log cannot be cut.
     */
    public void backup(Path target) {
        Backup.of(database, target);
    }

    /** Size of the write-ahead log at the last checkpoint. */
    long walBytes() {
        return checkpointer.walBytes();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            readers.close();
            checkpointer.close();
            writer.close();
        }
    }

    @Override
    public Optional<JobSpec> spec(JobId id) {
        return reads().spec(id);
    }

    @Override
    public Optional<JobSpec> spec(JobId id, int generation) {
        return reads().spec(id, generation);
    }

    @Override
    public Map<JobId, JobRecord> records(List<JobId> jobs) {
        return reads().records(jobs);
    }

    @Override
    public Optional<JobState> state(JobId id) {
        return reads().state(id);
    }

    @Override
    public Optional<Run> run(RunId id) {
        return reads().run(id);
    }

    @Override
    public List<Run> openRuns(JobId id) {
        return reads().openRuns(id);
    }

    @Override
    public Optional<Run> finished(RunId id) {
        return reads().finished(id);
    }

    @Override
    public Optional<DeadLetter> dead(RunId id) {
        return reads().dead(id);
    }

    @Override
    public Optional<JobId> named(String tenant, String name) {
        return reads().named(tenant, name);
    }

    @Override
    public Optional<SubmitKey> submitKey(SubmitKey.Id id) {
        return reads().submitKey(id);
    }

    @Override
    public Optional<RequestAnswer> request(String requestId) {
        return reads().request(requestId);
    }

    @Override
    public long nextSequence(int day) {
        return reads().nextSequence(day);
    }

    @Override
    public Optional<Tenant> tenant(String name) {
        return reads().tenant(name);
    }

    @Override
    public Counts counts(String tenant) {
        return reads().counts(tenant);
    }

    @Override
    public List<PauseOrder> pauses() {
        return reads().pauses();
    }

    @Override
    public List<JobId> heldBy(Optional<String> tenant, int limit) {
        return reads().heldBy(tenant, limit);
    }

    @Override
    public List<Backfill> backfills() {
        return reads().backfills();
    }

    @Override
    public Head head() {
        return reads().head();
    }

    @Override
    public Optional<LedgerLine> ledgerAtOrBefore(JobId job, long nominalMs) {
        return reads().ledgerAtOrBefore(job, nominalMs);
    }

    @Override
    public Optional<LedgerLine> ledgerAfter(JobId job, long nominalMs) {
        return reads().ledgerAfter(job, nominalMs);
    }
}
