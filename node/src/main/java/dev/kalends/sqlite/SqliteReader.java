package dev.kalends.sqlite;

import dev.kalends.job.Backfill;
import dev.kalends.job.DeadLetter;
import dev.kalends.job.JobId;
import dev.kalends.job.JobSpec;
import dev.kalends.job.LedgerLine;
import dev.kalends.job.PauseOrder;
import dev.kalends.job.Run;
import dev.kalends.job.RunId;
import dev.kalends.job.Tenant;
import dev.kalends.journal.Buckets;
import dev.kalends.journal.Change;
import dev.kalends.journal.Codec;
import dev.kalends.journal.Counts;
import dev.kalends.journal.Dump;
import dev.kalends.journal.Head;
import dev.kalends.journal.RequestAnswer;
import dev.kalends.journal.StoreReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/** Reads for listings, from any thread: each call lends a connection of the pool for one snapshot. */
final class SqliteReader implements StoreReader {
    private final ReaderPool pool;
    private final SlotCounts slotCounts;
    private final int partition;

    SqliteReader(ReaderPool pool, SlotCounts slotCounts, int partition) {
        this.pool = pool;
        this.slotCounts = slotCounts;
        this.partition = partition;
    }

    @Override
    public long position() {
        return pool.read(Reads::position);
    }

    @Override
    public Optional<JobRow> job(JobId id) {
        return pool.read(reads -> row(reads, id));
    }

    private static Optional<JobRow> row(Reads reads, JobId id) {
        return reads.spec(id).map(spec -> new JobRow(spec, reads.state(id), reads.open(id)));
    }

    @Override
    public Optional<JobId> named(String tenant, String name) {
        return pool.read(reads -> reads.named(tenant, name));
    }

    @Override
    public List<JobId> byIdPrefix(String tenant, String prefix, int limit) {
        return pool.read(reads -> new IdPrefixScan(reads, partition, tenant).find(prefix, limit));
    }

    @Override
    public JobPage jobs(Optional<JobId> after, Predicate<JobRow> wanted, int limit, int scan) {
        return pool.read(reads -> {
            List<JobRow> rows = new ArrayList<>();
            long[] last = {after.map(JobId::value).orElse(-1L)};
            int[] looked = {0};
            boolean[] more = {false};
            reads.session()
                    .on("SELECT job.id, job.due, job.spec, state.state,"
                            + " EXISTS (SELECT 1 FROM run WHERE run.job = job.id)"
                            + " FROM job LEFT JOIN state ON state.job = job.id WHERE job.id > ? ORDER BY job.id")
                    .with(last[0])
                    .until(row -> {
                        if (rows.size() == limit || looked[0] == scan) {
                            more[0] = true;
                            return false;
                        }
                        looked[0]++;
                        last[0] = row.number(1);
                        Optional.of(jobRow(reads, row)).filter(wanted).ifPresent(rows::add);
                        return true;
                    });
            return new JobPage(rows, more[0] && last[0] >= 0 ? Optional.of(new JobId(last[0])) : Optional.empty());
        });
    }

    private static JobRow jobRow(Reads reads, Query.Row row) {
        JobId id = new JobId(row.number(1));
        OptionalLong due = row.maybe(2);
        byte[] bytes = row.bytes(3);
        JobSpec spec = reads.interned().edits() ? reads.spec(id).orElseThrow() : reads.firstGeneration(id, due, bytes);
        return new JobRow(spec, row.maybeBytes(4).map(state -> Codec.decodeState(state, id)), row.number(5) != 0);
    }

    @Override
    public List<JobRow> jobsNamed(String tenant, String prefix, String after, int limit) {
        return pool.read(reads -> {
            OptionalInt number = reads.interned().tenant(tenant);
            List<JobRow> rows = new ArrayList<>();
            if (number.isPresent() && limit > 0) {
                String first = after.compareTo(prefix) > 0 ? after : prefix;
                reads.names().from(number.getAsInt(), NameTable.bytes(first), entry -> {
                    String name = new String(entry.name(), StandardCharsets.UTF_8);
                    if (name.startsWith(prefix) && !name.equals(after)) {
                        row(reads, new JobId(entry.job())).ifPresent(rows::add);
                    }
                    return name.startsWith(prefix) && rows.size() < limit;
                });
            }
            return rows;
        });
    }

    @Override
    public Optional<JobSpec> spec(JobId id, int generation) {
        return pool.read(reads -> reads.spec(id, generation));
    }

    @Override
    public Optional<Run> run(RunId id) {
        return pool.read(reads -> reads.run(id).or(() -> reads.finished(id)));
    }

    @Override
    public List<Run> openRuns(Optional<RunId> after, Predicate<Run> wanted, int limit) {
        return pool.read(reads -> page(
                afterRun(reads, "SELECT job, run FROM run", after),
                row -> Codec.decodeRun(row.bytes(2), new JobId(row.number(1))),
                wanted,
                limit));
    }

    @Override
    public List<Run> openRuns(JobId job) {
        return pool.read(reads -> reads.openRuns(job));
    }

    @Override
    public List<DeadLetter> dead(Optional<RunId> after, Predicate<DeadLetter> wanted, int limit) {
        return pool.read(reads -> page(
                afterRun(reads, "SELECT job, letter FROM dead", after),
                row -> Codec.decodeDead(row.bytes(2), new JobId(row.number(1))),
                wanted,
                limit));
    }

    private static Query afterRun(Reads reads, String columns, Optional<RunId> after) {
        return reads.session()
                .on(columns + " WHERE (job, nominal, mark) > (?, ?, ?) ORDER BY job, nominal, mark")
                .with(after.map(id -> id.job().value()).orElse(-1L))
                .with(after.map(RunId::nominalMs).orElse(-1L))
                .with(after.map(SlotIds::mark).orElse(-1L));
    }

    private static <T> List<T> page(Query rows, Function<Query.Row, T> read, Predicate<T> wanted, int limit) {
        List<T> page = new ArrayList<>();
        if (limit > 0) {
            rows.until(row -> {
                Optional.of(read.apply(row)).filter(wanted).ifPresent(page::add);
                return page.size() < limit;
            });
        }
        return page;
    }

    @Override
    public List<Run> history(JobId job, long beforeSequence, int limit) {
        return pool.read(reads -> reads.session()
                .on("SELECT run FROM history WHERE job = ? AND sequence < ? ORDER BY sequence DESC LIMIT ?")
                .with(job.value())
                .with(beforeSequence)
                .with(limit)
                .list(row -> Codec.decodeRun(row.bytes(1), job)));
    }

    @Override
    public HistoryPage history(long beforeSequence, Predicate<Run> wanted, int limit, int scan) {
        return pool.read(reads -> {
            List<Run> runs = new ArrayList<>();
            long[] last = {beforeSequence};
            int[] looked = {0};
            boolean[] more = {false};
            reads.session()
                    .on("SELECT sequence, job, run FROM history WHERE sequence < ? ORDER BY sequence DESC")
                    .with(beforeSequence)
                    .until(row -> {
                        if (runs.size() == limit || looked[0] == scan) {
                            more[0] = true;
                            return false;
                        }
                        looked[0]++;
                        last[0] = row.number(1);
                        Optional.of(Codec.decodeRun(row.bytes(3), new JobId(row.number(2))))
                                .filter(wanted)
                                .ifPresent(runs::add);
                        return true;
                    });
            return new HistoryPage(runs, more[0] ? last[0] : -1);
        });
    }

    @Override
    public List<LedgerLine> ledger(JobId job, long fromMs, int limit) {
        return pool.read(reads -> {
            List<LedgerLine> lines = new ArrayList<>();
            long[] from = {fromMs};
            reads.ledgerAtOrBefore(job, fromMs)
                    .filter(line -> line.toMs() >= fromMs)
                    .ifPresent(line -> from[0] = line.fromMs());
            reads.session()
                    .on("SELECT line FROM ledger WHERE job = ? AND begins >= ? ORDER BY begins LIMIT ?")
                    .with(job.value())
                    .with(from[0])
                    .with(limit)
                    .each(row -> lines.add(Codec.decodeLedger(row.bytes(1), job)));
            return lines;
        });
    }

    @Override
    public List<Tenant> tenants() {
        return pool.read(reads -> reads.session()
                .on("SELECT limits FROM tenant WHERE limits IS NOT NULL ORDER BY name")
                .list(row -> Codec.decodeTenant(row.bytes(1))));
    }

    @Override
    public List<Counts> counts() {
        return pool.read(reads -> reads.session()
                .on("SELECT counts FROM tenant WHERE counts IS NOT NULL ORDER BY name")
                .list(row -> Codec.decodeCounts(row.bytes(1))));
    }

    @Override
    public List<PauseOrder> pauses() {
        return pool.read(Reads::pauses);
    }

    @Override
    public List<Backfill> backfills() {
        return pool.read(Reads::backfills);
    }

    @Override
    public Head head() {
        return pool.read(Reads::head);
    }

    @Override
    public long oneOffsDue(long throughMs) {
        return pool.read(reads -> slotCounts.due(reads, throughMs));
    }

    @Override
    public Waiting waiting(Buckets buckets, Optional<String> tenant) {
        return new WaitingScan(pool, partition, buckets, tenant, WaitingScan.LOOKED_MAX).count();
    }

    @Override
    public List<RequestAnswer> answers(String fromId, String beforeId, int limit) {
        return pool.read(reads -> reads.session()
                .on("SELECT answer FROM request WHERE id >= ? AND id < ? ORDER BY id LIMIT ?")
                .with(fromId)
                .with(beforeId)
                .with(limit)
                .list(row -> Codec.decodeRequest(row.bytes(1))));
    }

    @Override
    public PlanPage plans(Optional<JobId> after, int scan) {
        return pool.read(reads -> new PlanScan(reads, partition).page(after, scan));
    }

    @Override
    public long dump(Dump dump, Consumer<Change> sink) {
        return pool.read(reads -> new DumpScan(reads, sink).run(dump));
    }

    @Override
    public HistoryPage historyAfter(long afterSequence, int limit) {
        return pool.read(reads -> {
            List<Run> runs = new ArrayList<>();
            long[] last = {afterSequence};
            reads.session()
                    .on("SELECT sequence, job, run FROM history WHERE sequence > ? ORDER BY sequence LIMIT ?")
                    .with(afterSequence)
                    .with(limit)
                    .each(row -> {
                        last[0] = row.number(1);
                        runs.add(Codec.decodeRun(row.bytes(3), new JobId(row.number(2))));
                    });
            return new HistoryPage(runs, runs.size() == limit ? last[0] : -1);
        });
    }
}
