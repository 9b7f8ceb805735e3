package dev.kalends.sqlite;

import dev.kalends.job.Run;
import dev.kalends.job.RunId;
import dev.kalends.job.RunState;
import dev.kalends.journal.Change;
import dev.kalends.journal.Codec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Writes the open runs of a batch, inside the transaction of {@link SqliteStore#apply}. Owned by the partition's
 * thread.
 *
 * <p>New ones go in the order of their ids, many in one statement. Jobs of one bulk submit are due together and end
 * together: the runs of one nominal instant whose jobs' ids follow each other are removed as one range, which costs a
 * quarter of removing them key by key.
 */
final class RunTable {
    /** From so many on a range is the shorter way. */
    private static final int RANGE_MIN = 4;

    private final Session session;
    private final Agenda agenda;
    private final RowWriter<Run> openRows;
    private final RowWriter<RunId> endedRows;
    // Of a batch, while it is written.
    private final List<Change.OfRun> changes = new ArrayList<>();

    RunTable(Session session, Agenda agenda) {
        this.session = session;
        this.agenda = agenda;
        this.openRows = new RowWriter<>(
                session,
                "INSERT OR REPLACE INTO run (job, nominal, mark, run) VALUES ",
                "(?, ?, ?, ?)",
                "",
                (query, run) ->
                        byKey(query, run.id()).with(Codec.encode(run, run.id().job())));
        this.endedRows = new RowWriter<>(
                session, "DELETE FROM run WHERE (job, nominal, mark) IN (VALUES ", "(?, ?, ?)", ")", RunTable::byKey);
    }

    /** Puts the key of a run's row. */
    static Query byKey(Query query, RunId id) {
        return query.with(id.job().value()).with(id.nominalMs()).with(SlotIds.mark(id));
    }

    void add(Change.OfRun change) {
        changes.add(change);
    }

    /** Writes what was added since the last batch; of two changes of a run the last counts. */
    void write() {
        changes.sort(Comparator.comparing(Change.OfRun::id));
        List<Run> open = new ArrayList<>();
        List<RunId> ended = new ArrayList<>();
        for (int i = 0; i < changes.size(); i++) {
            Change.OfRun change = changes.get(i);
            if (i + 1 < changes.size() && changes.get(i + 1).id().equals(change.id())) {
                continue;
            }
            switch (change) {
                case Change.PutRun put -> open.add(put.run());
                case Change.RemoveRun remove -> ended.add(remove.id());
            }
        }
        openRows.write(open);
        remove(ended);
        for (Run run : open) {
            if (run.state() == RunState.RETRYING) {
                agenda.run(run.wakeMs(), run.id());
            }
        }
        clear();
    }

    /** Forgets what was added. */
    void clear() {
        changes.clear();
    }

    private void remove(List<RunId> ended) {
        ended.sort(Comparator.comparingLong(RunId::nominalMs)
                .thenComparingLong(SlotIds::mark)
                .thenComparing(RunId::job));
        List<RunId> single = new ArrayList<>();
        int from = 0;
        while (from < ended.size()) {
            int to = from + 1;
            while (to < ended.size() && follows(ended.get(to - 1), ended.get(to))) {
                to++;
            }
            if (to - from >= RANGE_MIN) {
                removeRange(ended.get(from), ended.get(to - 1));
            } else {
                single.addAll(ended.subList(from, to));
            }
            from = to;
        }
        endedRows.write(single);
    }

    /** Only of jobs that run once: of others there may be many runs between the two that stay. */
    private static boolean follows(RunId before, RunId id) {
        return !HistoryTable.indexed(id)
                && id.job().value() == before.job().value() + 1
                && id.nominalMs() == before.nominalMs()
                && SlotIds.mark(id) == SlotIds.mark(before);
    }

    /** Every job between the two has its run of this instant among those that ended. */
    private void removeRange(RunId first, RunId last) {
        session.on("DELETE FROM run WHERE job BETWEEN ? AND ? AND nominal = ? AND mark = ?")
                .with(first.job().value())
                .with(last.job().value())
                .with(first.nominalMs())
                .with(SlotIds.mark(first))
                .run();
    }
}
