package dev.kalends.sqlite;

import dev.kalends.job.JobId;
import dev.kalends.job.JobSpec;
import dev.kalends.journal.Change;
import dev.kalends.journal.Codec;
import dev.kalends.journal.Dump;
import dev.kalends.journal.SubmitKey;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Streams a partition's state as changes, in the snapshot of its reads: one row after the other. */
final class DumpScan {
    private final Reads reads;
    private final Session session;
    private final Consumer<Change> sink;

    DumpScan(Reads reads, Consumer<Change> sink) {
        this.reads = reads;
        this.session = reads.session();
        this.sink = sink;
    }

    /** Returns the position of the snapshot. */
    long run(Dump dump) {
        long position = reads.position();
        for (Dump.Part part : Dump.Part.values()) {
            if (dump.parts().contains(part)) {
                switch (part) {
                    case SPECS -> specs();
                    case HISTORY -> history(dump.historyMax());
                    case STATE -> state();
                }
            }
        }
        return position;
    }

    /** First those that had a name before somebody else, then those that hold theirs: the last one counts. */
    private void specs() {
        long[] holders = {0};
        jobs((spec, dueMs) -> {
            if (holdsName(spec)) {
                holders[0]++;
            } else {
                generations(spec, dueMs);
            }
        });
        if (holders[0] > 0) {
            jobs((spec, dueMs) -> {
                if (holdsName(spec)) {
                    generations(spec, dueMs);
                }
            });
        }
    }

    /** Takes first generations. */
    @FunctionalInterface
    private interface Jobs {
        void take(JobSpec first, long dueMs);
    }

    private void jobs(Jobs jobs) {
        session.on("SELECT id, due, spec FROM job ORDER BY id").each(row -> {
            JobId id = new JobId(row.number(1));
            OptionalLong due = row.maybe(2);
            JobSpec spec = reads.firstGeneration(id, due, row.bytes(3));
            jobs.take(spec, due.isPresent() ? SlotIds.dayStartMs(id) + due.getAsLong() : -1);
        });
    }

    private boolean holdsName(JobSpec spec) {
        Optional<JobId> holder = spec.name().name().flatMap(name -> reads.named(spec.tenant(), name));
        return holder.filter(spec.id()::equals).isPresent();
    }

    private void generations(JobSpec first, long dueMs) {
        sink.accept(new Change.PutSpec(first, dueMs));
        if (reads.interned().edits()) {
            session.on("SELECT due, spec FROM edit WHERE job = ? ORDER BY generation")
                    .with(first.id().value())
                    .each(row -> {
                        OptionalLong due = row.maybe(1);
                        sink.accept(new Change.PutSpec(
                                Codec.decodeStored(row.bytes(2), first.id(), due, reads.interned()), due.orElse(-1)));
                    });
        }
    }

    private void history(long newest) {
        long from = session.on(
                        "SELECT min(sequence) FROM (SELECT sequence FROM history ORDER BY sequence DESC LIMIT ?)")
                .with(newest)
                .number(0);
        session.on("SELECT job, run FROM history WHERE sequence >= ? ORDER BY sequence")
                .with(newest == 0 ? Long.MAX_VALUE : from)
                .each(row ->
                        sink.accept(new Change.AppendHistory(Codec.decodeRun(row.bytes(2), new JobId(row.number(1))))));
    }

    private void state() {
        sink.accept(new Change.PutHead(reads.head()));
        session.on("SELECT day, next FROM slot ORDER BY day")
                .each(row -> sink.accept(new Change.PutSlot((int) row.number(1), row.number(2))));
        session.on("SELECT limits FROM tenant WHERE limits IS NOT NULL ORDER BY name")
                .each(row -> sink.accept(new Change.PutTenant(Codec.decodeTenant(row.bytes(1)))));
        session.on("SELECT counts FROM tenant WHERE counts IS NOT NULL ORDER BY name")
                .each(row -> sink.accept(new Change.PutCounts(Codec.decodeCounts(row.bytes(1)))));
        reads.pauses().forEach(order -> sink.accept(new Change.PutPause(order)));
        session.on("SELECT job, state FROM state ORDER BY job")
                .each(row ->
                        sink.accept(new Change.PutState(Codec.decodeState(row.bytes(2), new JobId(row.number(1))))));
        runs();
        session.on("SELECT job, line FROM ledger ORDER BY job, begins")
                .each(row ->
                        sink.accept(new Change.PutLedger(Codec.decodeLedger(row.bytes(2), new JobId(row.number(1))))));
        reads.backfills().forEach(backfill -> sink.accept(new Change.PutBackfill(backfill)));
        keys();
        requests();
    }

    private void runs() {
        session.on("SELECT job, run FROM run ORDER BY job, nominal, mark")
                .each(row -> sink.accept(new Change.PutRun(Codec.decodeRun(row.bytes(2), new JobId(row.number(1))))));
        session.on("SELECT job, letter FROM dead ORDER BY job, nominal, mark")
                .each(row -> sink.accept(new Change.PutDead(Codec.decodeDead(row.bytes(2), new JobId(row.number(1))))));
    }

    /** Submit keys that have a row, then those that lie beside a spec. */
    private void keys() {
        session.on("SELECT tenant.name, submit_key.name, key, job, hash, expires FROM tenant"
                        + " CROSS JOIN submit_key ON submit_key.tenant = tenant.number"
                        + " ORDER BY tenant.name, key, submit_key.name")
                .each(row -> {
                    Optional<String> name = Optional.of(row.text(2)).filter(text -> !text.isEmpty());
                    SubmitKey.Id id = new SubmitKey.Id(row.text(1), name, row.text(3));
                    sink.accept(new Change.PutSubmitKey(
                            new SubmitKey(id, new JobId(row.number(4)), row.number(5), row.number(6))));
                });
        if (!reads.names().any()) {
            return;
        }
        session.on("SELECT id, due, spec FROM job ORDER BY id")
                .each(row -> reads.keyBeside(new JobId(row.number(1)), row.maybe(2), row.bytes(3))
                        .filter(entry -> reads.submitKey(entry.id())
                                .filter(entry::equals)
                                .isPresent())
                        .ifPresent(entry -> sink.accept(new Change.PutSubmitKey(entry))));
    }

    private void requests() {
        session.on("SELECT answer FROM request ORDER BY id")
                .each(row -> sink.accept(new Change.PutRequest(Codec.decodeRequest(row.bytes(1)))));
    }
}
