package dev.kalends.sqlite;

import dev.kalends.job.JobSpec;
import dev.kalends.journal.Change;
import dev.kalends.journal.Codec;
import dev.kalends.journal.FieldWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

/**
 * Writes the specs of a batch, inside the transaction of {@link SqliteStore#apply}. Owned by the partition's thread.
 *
 * <p>New jobs go in the order of their ids: those of one day then come into the same page one after the other. And
 * many go in one statement: running a statement costs more than a row does.
 */
final class SpecRows {
    private static final long NOT_ONCE = Long.MIN_VALUE;

    private final Session session;
    private final Interned interned;
    private final Agenda agenda;
    private final HourCounts hours;
    private final KeyTables keys;
    private final FieldWriter writer = Codec.storedWriter();
    private final RowWriter<Change.PutSpec> rows;
    // Of a batch, while it is written.
    private final List<Change.PutSpec> created = new ArrayList<>();
    private final List<Change.PutSpec> edits = new ArrayList<>();

    SpecRows(Reads reads, Agenda agenda, HourCounts hours, KeyTables keys) {
        this.session = reads.session();
        this.interned = reads.interned();
        this.agenda = agenda;
        this.hours = hours;
        this.keys = keys;
        this.rows = new RowWriter<>(
                session, "INSERT OR REPLACE INTO job (id, due, spec) VALUES ", "(?, ?, ?)", "", this::row);
    }

    void add(Change.PutSpec put) {
        (put.spec().generation() == 1 ? created : edits).add(put);
    }

    /** Writes what was added since the last batch. */
    void write() {
        sortById(created);
        for (Change.PutSpec put : created) {
            long due = due(put);
            if (due != NOT_ONCE) {
                hours.add(put.spec().id(), due);
                agenda.oneOff(put.spec().id(), due);
            }
        }
        rows.write(created);
        edits.forEach(this::edit);
        clear();
    }

    /** Forgets what was added. */
    void clear() {
        created.clear();
        edits.clear();
    }

    /** A one-off's due instant as milliseconds into its day. */
    private static long due(Change.PutSpec put) {
        return put.firstDueMs() < 0 || put.spec().schedule().repeats()
                ? NOT_ONCE
                : put.firstDueMs() - SlotIds.dayStartMs(put.spec().id());
    }

    private void row(Query insert, Change.PutSpec put) {
        insert.with(put.spec().id().value());
        long due = due(put);
        if (due == NOT_ONCE) {
            insert.withNull();
        } else {
            insert.with(due);
        }
        OptionalLong dueMs = due == NOT_ONCE ? OptionalLong.empty() : OptionalLong.of(put.firstDueMs());
        insert.with(encoded(put, dueMs, keys.hashBeside(put.spec())));
    }

    private void edit(Change.PutSpec put) {
        JobSpec spec = put.spec();
        OptionalLong dueMs = due(put) == NOT_ONCE ? OptionalLong.empty() : OptionalLong.of(put.firstDueMs());
        interned.edited();
        session.on("INSERT OR REPLACE INTO edit (job, generation, due, spec) VALUES (?, ?, ?, ?)")
                .with(spec.id().value())
                .with(spec.generation())
                .with(dueMs)
                .with(encoded(put, dueMs, OptionalLong.empty()))
                .run();
    }

    private byte[] encoded(Change.PutSpec put, OptionalLong dueMs, OptionalLong keyHash) {
        return Codec.encodeStored(writer, put.spec(), dueMs, interned.templateOf(put.spec(), session), keyHash);
    }

    /**
     * Sorts by id. Where the ids lie as near to each other as a few thousand days allow, numbers are sorted that hold
     * the id above and the place below, which costs a fifth of comparing objects.
     */
    private static void sortById(List<Change.PutSpec> created) {
        if (created.isEmpty()) {
            return;
        }
        Change.PutSpec[] unsorted = created.toArray(Change.PutSpec[]::new);
        long least = Long.MAX_VALUE;
        long greatest = Long.MIN_VALUE;
        for (Change.PutSpec put : unsorted) {
            long id = put.spec().id().value();
            least = Math.min(least, id);
            greatest = Math.max(greatest, id);
        }
        int placeBits = Integer.SIZE - Integer.numberOfLeadingZeros(unsorted.length);
        if ((greatest - least) >>> (Long.SIZE - 1 - placeBits) != 0) {
            created.sort(Comparator.comparingLong(put -> put.spec().id().value()));
            return;
        }
        long[] keys = new long[unsorted.length];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = (unsorted[i].spec().id().value() - least) << placeBits | i;
        }
        Arrays.sort(keys);
        for (int i = 0; i < keys.length; i++) {
            created.set(i, unsorted[(int) (keys[i] & ((1L << placeBits) - 1))]);
        }
    }
}
