package dev.kalends.sqlite;

import dev.kalends.job.JobId;
import dev.kalends.job.RunId;
import dev.kalends.journal.Store;
import java.util.function.Consumer;

/**
 * What wakes the partition, and the cascade that fills it from the day slots. Owned by the partition's thread.
 *
 * <p>A one-off gets into the agenda exactly once. One id, the cursor, parts the job rows: those before it were copied
 * or came after their stretch had been copied and were entered at once; those behind it wait for the cascade. The
 * cursor moves in the transaction that copies, and ids of a slot only rise, so no row can fall between. A row whose due
 * instant lies outside its own day is entered at once too, since its slot may be reached too late.
 *
 * <p>Entries are grouped by minute. Within a minute a job has one entry, its newest; entries are dropped by whole
 * minutes, when everything due in them was decided.
 */
final class Agenda {
    /** Entries dropped in one commit, at most. */
    private static final int DROPPED_MAX = 20_000;

    private final Session session;
    private final int partition;
    private long cursor;
    /** Entries of minutes before this one may go. */
    private long droppableMinute;

    private boolean dropping;

    Agenda(Session session, int partition) {
        this.session = session;
        this.partition = partition;
    }

    /** Goes back to what is committed. */
    void load() {
        cursor = session.on("SELECT cascaded FROM partition").number(0);
    }

    /** A new one-off with its due instant as milliseconds into its day. */
    void oneOff(JobId id, long due) {
        if (id.value() < cursor || due < 0 || due >= SlotIds.DAY_MS) {
            job(SlotIds.dayStartMs(id) + due, id);
        }
    }

    void job(long dueMs, JobId id) {
        finishDropping(dueMs);
        session.on("INSERT OR REPLACE INTO agenda (minute, job, ms) VALUES (?, ?, ?)")
                .with(Math.floorDiv(dueMs, SlotIds.MINUTE_MS))
                .with(id.value())
                .with(Math.floorMod(dueMs, SlotIds.MINUTE_MS))
                .run();
    }

    void run(long dueMs, RunId id) {
        finishDropping(dueMs);
        session.on("INSERT OR REPLACE INTO wake (minute, job, nominal, mark, ms) VALUES (?, ?, ?, ?, ?)")
                .with(Math.floorDiv(dueMs, SlotIds.MINUTE_MS))
                .with(id.job().value())
                .with(id.nominalMs())
                .with(SlotIds.mark(id))
                .with(Math.floorMod(dueMs, SlotIds.MINUTE_MS))
                .run();
    }

    /** Copies a bounded stretch of day slots inside the caller's transaction; answers whether there is more. */
    boolean cascade(long nowMs, int limit) {
        long horizon = SlotIds.end(partition, Math.ceilDiv(nowMs + SlotIds.DAY_MS, SlotIds.DAY_MS) - 1);
        if (cursor >= horizon) {
            return false;
        }
        long last = session.on("SELECT max(id) FROM (SELECT id FROM job WHERE id >= ? AND id < ? ORDER BY id LIMIT ?)")
                .with(cursor)
                .with(horizon)
                .with(limit)
                .first(row -> row.maybe(1).orElse(-1))
                .orElse(-1L);
        if (last >= 0) {
            session.on("INSERT OR IGNORE INTO agenda SELECT ((id >> 36) & 131071) * 1440 + due / 60000, id, due % 60000"
                            + " FROM job WHERE id >= ? AND id <= ? AND due BETWEEN 0 AND 86399999"
                            + " AND NOT EXISTS (SELECT 1 FROM state WHERE job = job.id)")
                    .with(cursor)
                    .with(last)
                    .run();
        }
        boolean more = last >= 0
                && session.on("SELECT EXISTS (SELECT 1 FROM job WHERE id > ? AND id < ?)")
                                .with(last)
                                .with(horizon)
                                .number(0)
                        != 0;
        cursor = more ? last + 1 : horizon;
        session.on("UPDATE partition SET cascaded = ?").with(cursor).run();
        return more;
    }

    void due(long fromMs, long toMs, Store.DueSink sink) {
        if (fromMs >= toMs) {
            return;
        }
        between("SELECT minute * 60000 + ms, job FROM agenda", fromMs, toMs)
                .each(row -> sink.job(row.number(1), new JobId(row.number(2))));
        between("SELECT minute * 60000 + ms, job, nominal, mark FROM wake", fromMs, toMs)
                .each(row -> sink.run(row.number(1), SlotIds.runId(row.number(2), row.number(3), row.number(4))));
    }

    private Query between(String columns, long fromMs, long toMs) {
        return session.on(columns + " WHERE minute BETWEEN ? AND ? AND minute * 60000 + ms BETWEEN ? AND ?")
                .with(Math.floorDiv(fromMs, SlotIds.MINUTE_MS))
                .with(Math.floorDiv(toMs - 1, SlotIds.MINUTE_MS))
                .with(fromMs)
                .with(toMs - 1);
    }

    void forget(long throughMs) {
        long minute = Math.floorDiv(throughMs + 1, SlotIds.MINUTE_MS);
        if (minute > droppableMinute) {
            droppableMinute = minute;
            dropping = true;
        }
    }

    /** Drops a bounded number of entries that were decided, inside the caller's transaction. */
    void drop() {
        if (dropping) {
            dropping = drop(DROPPED_MAX) == DROPPED_MAX;
        }
    }

    private int drop(int limit) {
        int dropped = session.on("DELETE FROM agenda WHERE (minute, job) IN"
                        + " (SELECT minute, job FROM agenda WHERE minute < ? ORDER BY minute, job LIMIT ?)")
                .with(droppableMinute)
                .with(limit)
                .run();
        session.on("DELETE FROM wake WHERE minute < ?").with(droppableMinute).run();
        return dropped;
    }

    /** An entry that comes late must not be taken for one that was decided: those go first. */
    private void finishDropping(long dueMs) {
        if (dropping && Math.floorDiv(dueMs, SlotIds.MINUTE_MS) < droppableMinute) {
            drop(Integer.MAX_VALUE);
            dropping = false;
        }
    }

    /** Looks through a stretch of a slot; answers the sequence to go on from, or -1. */
    long audit(int day, long fromSequence, int limit, Consumer<JobId> waiting) {
        long[] at = {0, -1};
        session.on("SELECT id, due IS NOT NULL AND NOT EXISTS (SELECT 1 FROM state WHERE job = job.id)"
                        + " AND NOT EXISTS (SELECT 1 FROM run WHERE job = job.id)"
                        + " FROM job WHERE id >= ? AND id < ? ORDER BY id LIMIT ?")
                .with(SlotIds.first(partition, day) + fromSequence)
                .with(SlotIds.end(partition, day))
                .with(limit + 1L)
                .each(row -> {
                    JobId id = new JobId(row.number(1));
                    if (at[0]++ == limit) {
                        at[1] = id.sequence();
                    } else if (row.number(2) != 0) {
                        waiting.accept(id);
                    }
                });
        return at[1];
    }
}
