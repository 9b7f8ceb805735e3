package dev.kalends.sqlite;

import dev.kalends.job.JobId;
import dev.kalends.job.JobPlan;
import dev.kalends.journal.Codec;
import dev.kalends.journal.StoreReader.PlanPage;
import dev.kalends.journal.StoreReader.Planned;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Pages of plans: first those made to repeat, which lie together, then one-offs that were edited. */
final class PlanScan {
    private final Reads reads;
    private final int partition;

    PlanScan(Reads reads, int partition) {
        this.reads = reads;
        this.partition = partition;
    }

    PlanPage page(Optional<JobId> after, int scan) {
        List<Planned> rows = new ArrayList<>();
        long from = after.map(id -> id.value() + 1).orElse(SlotIds.first(partition, 0));
        long slotEnd = SlotIds.end(partition, 0);
        boolean edits = reads.interned().edits();
        if (from < slotEnd) {
            reads.session()
                    .on("SELECT job.id, job.spec, state.state FROM job LEFT JOIN state ON state.job = job.id"
                            + " WHERE job.id >= ? AND job.id < ? ORDER BY job.id LIMIT ?")
                    .with(from)
                    .with(slotEnd)
                    .with(scan)
                    .each(row -> rows.add(edits ? last(new JobId(row.number(1))) : first(row)));
        }
        if (edits && rows.size() < scan) {
            reads.session()
                    .on("SELECT DISTINCT job FROM edit WHERE job >= ? AND job < ? ORDER BY job LIMIT ?")
                    .with(Math.max(from, slotEnd))
                    .with(SlotIds.end(partition, JobId.DAYS_MAX))
                    .with(scan - rows.size())
                    .each(row -> rows.add(last(new JobId(row.number(1)))));
        }
        boolean more = rows.size() == scan;
        return new PlanPage(rows, more ? Optional.of(rows.getLast().plan().id()) : Optional.empty());
    }

    /** The first generation, which is the only one; what repeats has no due instant in its row. */
    private Planned first(Query.Row row) {
        JobId id = new JobId(row.number(1));
        JobPlan plan = Codec.decodePlan(row.bytes(2), id, OptionalLong.empty(), reads.interned());
        return new Planned(plan, row.maybeBytes(3).map(state -> Codec.decodeState(state, id)));
    }

    /** The last generation, whichever it is. */
    private Planned last(JobId id) {
        JobPlan plan = reads.session()
                .on("SELECT due, spec FROM edit WHERE job = ? ORDER BY generation DESC LIMIT 1")
                .with(id.value())
                .first(row -> Codec.decodePlan(row.bytes(2), id, row.maybe(1), reads.interned()))
                .or(() -> reads.session()
                        .on("SELECT due, spec FROM job WHERE id = ?")
                        .with(id.value())
                        .first(row -> Codec.decodePlan(row.bytes(2), id, dueMs(id, row.maybe(1)), reads.interned())))
                .orElseThrow();
        return new Planned(plan, reads.state(id));
    }

    private static OptionalLong dueMs(JobId id, OptionalLong due) {
        return due.isPresent() ? OptionalLong.of(SlotIds.dayStartMs(id) + due.getAsLong()) : OptionalLong.empty();
    }
}
