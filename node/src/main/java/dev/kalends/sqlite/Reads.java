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
import dev.kalends.journal.Codec;
import dev.kalends.journal.Counts;
import dev.kalends.journal.Head;
import dev.kalends.journal.JobRecord;
import dev.kalends.journal.KeyedState;
import dev.kalends.journal.RequestAnswer;
import dev.kalends.journal.SubmitKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Reads by key on one connection: what {@link SqliteStore} and {@link SqliteReader} have in common. */
final class Reads implements KeyedState {
    private final Session session;
    private final Interned interned;
    private final NameTable names;
    private final RowReader specs;
    private final RowReader edits;
    private final RowReader states;
    private final RowReader openRuns;

    Reads(Session session, Interned interned) {
        this.session = session;
        this.interned = interned;
        this.names = new NameTable(session);
        this.specs = new RowReader(session, "SELECT id, due, spec FROM job WHERE id", "");
        this.edits = new RowReader(session, "SELECT job, due, spec FROM edit WHERE job", " ORDER BY job, generation");
        this.states = new RowReader(session, "SELECT job, state FROM state WHERE job", "");
        this.openRuns = new RowReader(session, "SELECT job, run FROM run WHERE job", " ORDER BY job, nominal, mark");
    }

    Session session() {
        return session;
    }

    Interned interned() {
        return interned;
    }

    NameTable names() {
        return names;
    }

    @Override
    public Optional<JobSpec> spec(JobId id) {
        Optional<JobSpec> edited = interned.edits() ? lastEdit(id) : Optional.empty();
        return edited.isPresent() ? edited : firstGeneration(id);
    }

    @Override
    public Optional<JobSpec> spec(JobId id, int generation) {
        if (generation == 1) {
            return firstGeneration(id);
        }
        return session.on("SELECT due, spec FROM edit WHERE job = ? AND generation = ?")
                .with(id.value())
                .with(generation)
                .first(row -> Codec.decodeStored(row.bytes(2), id, row.maybe(1), interned));
    }

    private Optional<JobSpec> lastEdit(JobId id) {
        return session.on("SELECT due, spec FROM edit WHERE job = ? ORDER BY generation DESC LIMIT 1")
                .with(id.value())
                .first(row -> Codec.decodeStored(row.bytes(2), id, row.maybe(1), interned));
    }

    private Optional<JobSpec> firstGeneration(JobId id) {
        return session.on("SELECT due, spec FROM job WHERE id = ?")
                .with(id.value())
                .first(row -> firstGeneration(id, row.maybe(1), row.bytes(2)));
    }

    /** A row of table {@code job}. */
    JobSpec firstGeneration(JobId id, OptionalLong due, byte[] spec) {
        OptionalLong dueMs =
                due.isPresent() ? OptionalLong.of(SlotIds.dayStartMs(id) + due.getAsLong()) : OptionalLong.empty();
        return Codec.decodeStored(spec, id, dueMs, interned);
    }

    @Override
    public Map<JobId, JobRecord> records(List<JobId> wanted) {
        List<JobId> jobs = wanted.stream().sorted().distinct().toList();
        Map<JobId, JobSpec> specByJob = HashMap.newHashMap(jobs.size());
        specs.each(jobs, row -> {
            JobId id = new JobId(row.number(1));
            specByJob.put(id, firstGeneration(id, row.maybe(2), row.bytes(3)));
        });
        if (interned.edits()) {
            edits.each(jobs, row -> {
                JobId id = new JobId(row.number(1));
                specByJob.put(id, Codec.decodeStored(row.bytes(3), id, row.maybe(2), interned));
            });
        }
        Map<JobId, JobState> stateByJob = new HashMap<>();
        states.each(jobs, row -> {
            JobId id = new JobId(row.number(1));
            stateByJob.put(id, Codec.decodeState(row.bytes(2), id));
        });
        Map<JobId, List<Run>> openByJob = new HashMap<>();
        openRuns.each(jobs, row -> {
            JobId id = new JobId(row.number(1));
            openByJob.computeIfAbsent(id, _ -> new ArrayList<>()).add(Codec.decodeRun(row.bytes(2), id));
        });
        Map<JobId, JobRecord> found = HashMap.newHashMap(specByJob.size());
        specByJob.forEach((id, spec) -> found.put(
                id,
                new JobRecord(spec, Optional.ofNullable(stateByJob.get(id)), openByJob.getOrDefault(id, List.of()))));
        return found;
    }

    @Override
    public Optional<JobState> state(JobId id) {
        return session.on("SELECT state FROM state WHERE job = ?")
                .with(id.value())
                .first(row -> Codec.decodeState(row.bytes(1), id));
    }

    @Override
    public Optional<Run> run(RunId id) {
        return session.on("SELECT run FROM run WHERE job = ? AND nominal = ? AND mark = ?")
                .with(id.job().value())
                .with(id.nominalMs())
                .with(SlotIds.mark(id))
                .first(row -> Codec.decodeRun(row.bytes(1), id.job()));
    }

    @Override
    public List<Run> openRuns(JobId id) {
        return session.on("SELECT run FROM run WHERE job = ? ORDER BY nominal, mark")
                .with(id.value())
                .list(row -> Codec.decodeRun(row.bytes(1), id));
    }

    boolean open(JobId id) {
        return session.on("SELECT EXISTS (SELECT 1 FROM run WHERE job = ?)")
                        .with(id.value())
                        .number(0)
                != 0;
    }

    @Override
    public Optional<Run> finished(RunId id) {
        Query lines = HistoryTable.indexed(id)
                ? session.on("SELECT run FROM history WHERE job = ? AND nominal = ? ORDER BY sequence DESC")
                        .with(id.job().value())
                        .with(id.nominalMs())
                : session.on("SELECT run FROM history WHERE job = ? AND nominal IS NULL ORDER BY sequence DESC")
                        .with(id.job().value());
        Run[] found = new Run[1];
        lines.until(row -> {
            Run run = Codec.decodeRun(row.bytes(1), id.job());
            if (run.id().equals(id)) {
                found[0] = run;
            }
            return found[0] == null;
        });
        return Optional.ofNullable(found[0]);
    }

    @Override
    public Optional<DeadLetter> dead(RunId id) {
        return session.on("SELECT letter FROM dead WHERE job = ? AND nominal = ? AND mark = ?")
                .with(id.job().value())
                .with(id.nominalMs())
                .with(SlotIds.mark(id))
                .first(row -> Codec.decodeDead(row.bytes(1), id.job()));
    }

    @Override
    public Optional<JobId> named(String tenant, String name) {
        OptionalInt number = interned.tenant(tenant);
        return number.isEmpty() ? Optional.empty() : names.find(number.getAsInt(), name);
    }

    @Override
    public Optional<SubmitKey> submitKey(SubmitKey.Id id) {
        OptionalInt number = interned.tenant(id.tenant());
        return number.isEmpty()
                ? Optional.empty()
                : session.on("SELECT job, hash, expires FROM submit_key WHERE tenant = ? AND key = ? AND name = ?")
                        .with(number.getAsInt())
                        .with(id.key())
                        .with(id.name().orElse(""))
                        .first(row -> new SubmitKey(id, new JobId(row.number(1)), row.number(2), row.number(3)))
                        .or(() -> keyBeside(id));
    }

    /** A key's entry, if it lies beside the spec of the job that has its name. */
    Optional<SubmitKey> keyBeside(SubmitKey.Id id) {
        return id.name()
                .flatMap(name -> named(id.tenant(), name))
                .flatMap(this::keyBeside)
                .filter(entry -> entry.id().equals(id));
    }

    /** The entry that a job's row holds: its key and the hash that lies beside its spec. */
    Optional<SubmitKey> keyBeside(JobId id) {
        return session.on("SELECT due, spec FROM job WHERE id = ?")
                .with(id.value())
                .first(row -> keyBeside(id, row.maybe(1), row.bytes(2)))
                .flatMap(entry -> entry);
    }

    /** The same, of a row of table {@code job}. */
    Optional<SubmitKey> keyBeside(JobId id, OptionalLong due, byte[] spec) {
        OptionalLong hash = Codec.decodeKeyHash(spec);
        return hash.isEmpty()
                ? Optional.empty()
                : Optional.of(new SubmitKey(keyId(firstGeneration(id, due, spec)), id, hash.getAsLong(), 0));
    }

    /** The id of a spec's key; it must have one. */
    static SubmitKey.Id keyId(JobSpec spec) {
        return new SubmitKey.Id(
                spec.tenant(), spec.name().name(), spec.name().key().orElseThrow());
    }

    @Override
    public Optional<RequestAnswer> request(String requestId) {
        return session.on("SELECT answer FROM request WHERE id = ?")
                .with(requestId)
                .first(row -> Codec.decodeRequest(row.bytes(1)));
    }

    @Override
    public long nextSequence(int day) {
        return session.on("SELECT next FROM slot WHERE day = ?").with(day).number(0);
    }

    @Override
    public Optional<Tenant> tenant(String name) {
        return session.on("SELECT limits FROM tenant WHERE name = ? AND limits IS NOT NULL")
                .with(name)
                .first(row -> Codec.decodeTenant(row.bytes(1)));
    }

    @Override
    public Counts counts(String tenant) {
        return session.on("SELECT counts FROM tenant WHERE name = ? AND counts IS NOT NULL")
                .with(tenant)
                .first(row -> Codec.decodeCounts(row.bytes(1)))
                .orElseGet(() -> Counts.none(tenant));
    }

    @Override
    public List<PauseOrder> pauses() {
        return session.on("SELECT pause FROM pause ORDER BY tenant").list(row -> Codec.decodePause(row.bytes(1)));
    }

    @Override
    public List<JobId> heldBy(Optional<String> tenant, int limit) {
        return session.on("SELECT job FROM held WHERE tenant = ? ORDER BY job LIMIT ?")
                .with(tenant.orElse(""))
                .with(limit)
                .list(row -> new JobId(row.number(1)));
    }

    @Override
    public List<Backfill> backfills() {
        return session.on("SELECT job, backfill FROM backfill ORDER BY job, number")
                .list(row -> Codec.decodeBackfill(row.bytes(2), new JobId(row.number(1))));
    }

    @Override
    public Head head() {
        return session.on("SELECT head FROM partition")
                .first(row -> Codec.decodeHead(row.bytes(1)))
                .orElseThrow();
    }

    long position() {
        return session.on("SELECT position FROM partition").number(0);
    }

    @Override
    public Optional<LedgerLine> ledgerAtOrBefore(JobId job, long nominalMs) {
        return session.on("SELECT line FROM ledger WHERE job = ? AND begins <= ? ORDER BY begins DESC LIMIT 1")
                .with(job.value())
                .with(nominalMs)
                .first(row -> Codec.decodeLedger(row.bytes(1), job));
    }

    @Override
    public Optional<LedgerLine> ledgerAfter(JobId job, long nominalMs) {
        return session.on("SELECT line FROM ledger WHERE job = ? AND begins > ? ORDER BY begins LIMIT 1")
                .with(job.value())
                .with(nominalMs)
                .first(row -> Codec.decodeLedger(row.bytes(1), job));
    }
}
