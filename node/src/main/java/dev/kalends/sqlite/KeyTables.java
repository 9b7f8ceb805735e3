package dev.kalends.sqlite;

import dev.kalends.job.JobId;
import dev.kalends.job.JobSpec;
import dev.kalends.journal.Change;
import dev.kalends.journal.Codec;
import dev.kalends.journal.SubmitKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Writes which job has a name, and which answers for a submit key. Owned by the partition's thread.
 *
 * <p>Most keys take no row of their own. The key of a named job is in its spec, the job is found by the name, and the
 * hash of the request lies beside the spec: together they are the entry, for as long as it does not expire and the job
 * has the name. As soon as either ends the entry gets a row, and a row counts before what lies beside a spec. Without
 * it a job with name and key would take half as much again on disk.
 */
final class KeyTables {
    private final Reads reads;
    private final Session session;
    private final Interned interned;
    private boolean anyRow;
    // Of a batch, while it is written.
    private final List<JobSpec> named = new ArrayList<>();
    private final List<Change> keys = new ArrayList<>();
    private final Map<JobId, SubmitKey> livingByJob = new HashMap<>();
    /** Jobs beside whose spec the hash was written. */
    private final Set<JobId> beside = new HashSet<>();

    KeyTables(Reads reads) {
        this.reads = reads;
        this.session = reads.session();
        this.interned = reads.interned();
    }

    /** Goes back to what is committed. */
    void load() {
        clear();
        anyRow = session.on("SELECT EXISTS (SELECT 1 FROM submit_key)").number(0) != 0;
    }

    /** Takes a spec that will be written. */
    void add(JobSpec spec) {
        if (spec.name().name().isPresent()) {
            named.add(spec);
        }
    }

    void add(Change.PutSubmitKey put) {
        keys.add(put);
        if (put.entry().expiresMs() == 0 && put.entry().id().name().isPresent()) {
            livingByJob.put(put.entry().job(), put.entry());
        }
    }

    void add(Change.RemoveSubmitKey remove) {
        keys.add(remove);
    }

    /** The hash that goes beside a first generation, when all of the batch was added. */
    OptionalLong hashBeside(JobSpec spec) {
        if (spec.name().name().isEmpty() || spec.name().key().isEmpty()) {
            return OptionalLong.empty();
        }
        SubmitKey entry = livingByJob.get(spec.id());
        if (entry != null && entry.id().equals(Reads.keyId(spec))) {
            beside.add(spec.id());
            return OptionalLong.of(entry.bodyHash());
        }
        return reads.keyBeside(spec.id()).stream()
                .mapToLong(SubmitKey::bodyHash)
                .findAny();
    }

    /** Writes what was added, after the specs. */
    void write() {
        reads.names().put(named.stream().map(this::given).toList(), this::giveRow);
        for (Change change : keys) {
            if (change instanceof Change.PutSubmitKey put) {
                put(put.entry());
            } else if (change instanceof Change.RemoveSubmitKey remove) {
                remove(remove.id());
            }
        }
        clear();
    }

    /** Forgets what was added. */
    void clear() {
        named.clear();
        keys.clear();
        livingByJob.clear();
        beside.clear();
    }

    /** Takes a job's name away; its key stays. */
    void removeJob(JobSpec spec) {
        spec.name().name().ifPresent(name -> {
            giveRow(spec.id());
            reads.names().remove(interned.tenantOrNew(spec.tenant(), session), name, spec.id());
        });
    }

    private NameTable.Given given(JobSpec spec) {
        return new NameTable.Given(
                interned.tenantOrNew(spec.tenant(), session),
                NameTable.bytes(spec.name().name().orElseThrow()),
                spec.id().value());
    }

    /** Gives the key beside a job's spec a row, unless it has one. */
    private void giveRow(JobId job) {
        beside.remove(job);
        reads.keyBeside(job).ifPresent(entry -> insert("INSERT OR IGNORE", entry));
    }

    private void put(SubmitKey entry) {
        if (!beside.contains(entry.job()) || !entry.equals(livingByJob.get(entry.job()))) {
            insert("INSERT OR REPLACE", entry);
        } else if (anyRow) {
            deleteRow(entry.id());
        }
    }

    private void insert(String how, SubmitKey entry) {
        anyRow = true;
        session.on(how + " INTO submit_key (tenant, key, name, job, hash, expires) VALUES (?, ?, ?, ?, ?, ?)")
                .with(interned.tenantOrNew(entry.id().tenant(), session))
                .with(entry.id().key())
                .with(entry.id().name().orElse(""))
                .with(entry.job().value())
                .with(entry.bodyHash())
                .with(entry.expiresMs())
                .run();
    }

    private void remove(SubmitKey.Id id) {
        deleteRow(id);
        reads.keyBeside(id).ifPresent(entry -> dropBeside(entry.job()));
    }

    private void dropBeside(JobId job) {
        session.on("SELECT spec FROM job WHERE id = ?")
                .with(job.value())
                .first(row -> Codec.withoutKeyHash(row.bytes(1)))
                .ifPresent(spec -> session.on("UPDATE job SET spec = ? WHERE id = ?")
                        .with(spec)
                        .with(job.value())
                        .run());
    }

    private void deleteRow(SubmitKey.Id id) {
        session.on("DELETE FROM submit_key WHERE tenant = ? AND key = ? AND name = ?")
                .with(interned.tenantOrNew(id.tenant(), session))
                .with(id.key())
                .with(id.name().orElse(""))
                .run();
    }
}
