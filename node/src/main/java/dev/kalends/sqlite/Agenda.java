package dev.kalends.sqlite;

import dev.kalends.job.JobId;
import dev.kalends.job.RunId;
import dev.kalends.journal.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * What wakes the partition, and the cascade that fills it from the day slots. Owned by the partition's thread.
 *
 * <p>A one-off gets into the agenda exactly once. One id, the cursor, parts the job rows: those before it were copied
 * or came after their stretch had been copied and were entered at once; those behind it wait for the cascade. The
 * cursor moves in the transaction that copies, and ids of a slot only rise, so no row can fall between. A row whose due
 * instant lies outside its own day is entered at once too, since its slot may be reached too late.
 *
 * <p>Entries are grouped by minute; within a minute a job has one entry, its newest. What was decided is dropped in the
 * commits that follow: whole minutes soon, the minute that is going on only when time stands still for a while, because
 * that means looking through it. Entries that come after their instant was forgotten are put back when they are hit.
 */
final class Agenda {
    /** Entries dropped in one commit, at most. */
    private static final int DROPPED_MAX = 256;
    /** Commits without news before a part of a minute is dropped. */
    private static final int QUIET_COMMITS = 16;
    /** Late entries remembered; with more, all that is to be dropped goes at once. */
    private static final int LATE_MAX = 10_000;

    private static final List<String> PARTS =
            List.of("DELETE FROM agenda WHERE minute = ? AND ms <= ?", "DELETE FROM wake WHERE minute = ? AND ms <= ?");

    /** An entry that came after its instant was forgotten. */
    private sealed interface Late {
        long dueMs();

        record Job(long dueMs, JobId id) implements Late {}

        record OpenRun(long dueMs, RunId id) implements Late {}
    }

    private final Session session;
    private final int partition;
    private final List<Late> late = new ArrayList<>();
    private long cursor;
    /** Entries due at or before this may go, when {@link #dropping}. */
    private long forgottenMs = -1;

    private boolean dropping;
    private int quietCommits;
    /** Minutes before this one were dropped whole. */
    private long droppedToMinute = -1;

    Agenda(Session session, int partition) {
        this.session = session;
        this.partition = partition;
    }

    /** Goes back to what is committed. */
    void load() {
        cursor = session.on("SELECT cascaded FROM partition").number(0);
        dropping = false;
        droppedToMinute = -1;
        late.clear();
    }

    int partition() {
        return partition;
    }

    /** A new one-off with its due instant as milliseconds into its day. */
    void oneOff(JobId id, long due) {
        if (id.value() < cursor || due < 0 || due >= SlotIds.DAY_MS) {
            job(SlotIds.dayStartMs(id) + due, id);
        }
    }

    void job(long dueMs, JobId id) {
        noteLate(new Late.Job(dueMs, id));
        insertJob(dueMs, id);
    }

    private void insertJob(long dueMs, JobId id) {
        session.on("INSERT OR REPLACE INTO agenda (minute, job, ms) VALUES (?, ?, ?)")
                .with(Math.floorDiv(dueMs, SlotIds.MINUTE_MS))
                .with(id.value())
                .with(Math.floorMod(dueMs, SlotIds.MINUTE_MS))
                .run();
    }

    void run(long dueMs, RunId id) {
        noteLate(new Late.OpenRun(dueMs, id));
        insertRun(dueMs, id);
    }

    private void insertRun(long dueMs, RunId id) {
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
            finishDropping(new JobId(cursor));
            session.on("INSERT OR IGNORE INTO agenda SELECT ((id >> 36) & 131071) * 1440 + due / 60000, id, due % 60000"
                            + " FROM job WHERE id >= ? AND id <= ? AND due BETWEEN 0 AND 86399999")
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

    /** Where the slot begins that the cursor is in: what is due earlier lies before it, or was entered at once. */
    long copiedBeforeMs() {
        return SlotIds.dayStartMs(new JobId(cursor));
    }

    void due(long fromMs, long toMs, Store.DueSink sink) {
        if (fromMs >= toMs) {
            return;
        }
        session.on("SELECT minute * 60000 + ms, job, NULL, NULL, minute FROM agenda"
                        + " WHERE minute BETWEEN ?1 AND ?2 AND minute * 60000 + ms BETWEEN ?3 AND ?4"
                        + " UNION ALL SELECT minute * 60000 + ms, job, nominal, mark, minute FROM wake"
                        + " WHERE minute BETWEEN ?1 AND ?2 AND minute * 60000 + ms BETWEEN ?3 AND ?4 ORDER BY 5")
                .with(Math.floorDiv(fromMs, SlotIds.MINUTE_MS))
                .with(Math.floorDiv(toMs - 1, SlotIds.MINUTE_MS))
                .with(fromMs)
                .with(toMs - 1)
                .each(row -> {
                    OptionalLong nominalMs = row.maybe(3);
                    if (nominalMs.isPresent()) {
                        sink.run(row.number(1), SlotIds.runId(row.number(2), nominalMs.getAsLong(), row.number(4)));
                    } else {
                        sink.job(row.number(1), new JobId(row.number(2)));
                    }
                });
    }

    void forget(long throughMs) {
        if (!dropping) {
            // Entries that came since the last dropping ended stand anywhere, when the clock went back even before it.
            forgottenMs = throughMs;
            droppedToMinute = -1;
            quietCommits = 0;
        } else if (throughMs > forgottenMs) {
            forgottenMs = throughMs;
            quietCommits = 0;
        }
        dropping = true;
        late.removeIf(entry -> entry.dueMs() <= throughMs);
    }

    /** Drops a bounded number of entries that were decided, inside the caller's transaction. */
    void drop() {
        if (!dropping) {
            return;
        }
        long minute = Math.floorDiv(forgottenMs + 1, SlotIds.MINUTE_MS);
        if (late.size() > LATE_MAX) {
            dropAll();
        } else if (minute > droppedToMinute) {
            droppedToMinute = dropMinutes(minute, DROPPED_MAX) < DROPPED_MAX ? minute : droppedToMinute;
        } else if (++quietCommits >= QUIET_COMMITS) {
            dropPart();
        }
    }

    /** What is copied late must not be taken for what was decided: that goes first. */
    private void finishDropping(JobId firstCopied) {
        if (dropping && SlotIds.dayStartMs(firstCopied) <= forgottenMs) {
            dropAll();
        }
    }

    private void dropAll() {
        dropMinutes(Math.floorDiv(forgottenMs + 1, SlotIds.MINUTE_MS), Integer.MAX_VALUE);
        dropPart();
    }

    /** Drops of the minutes that are over; answers how many entries went. */
    private int dropMinutes(long minute, int limit) {
        int dropped = session.on("DELETE FROM agenda WHERE (minute, job) IN"
                        + " (SELECT minute, job FROM agenda WHERE minute < ? ORDER BY minute, job LIMIT ?)")
                .with(minute)
                .with(limit)
                .run();
        dropped += session.on("DELETE FROM wake WHERE (minute, job, nominal, mark) IN"
                        + " (SELECT minute, job, nominal, mark FROM wake WHERE minute < ?"
                        + " ORDER BY minute, job, nominal, mark LIMIT ?)")
                .with(minute)
                .with(limit)
                .run();
        if (dropped > 0) {
            putBackLate();
        }
        return dropped;
    }

    /** Drops of the minute that is going on, the last step of dropping. */
    private void dropPart() {
        for (String table : PARTS) {
            session.on(table)
                    .with(Math.floorDiv(forgottenMs, SlotIds.MINUTE_MS))
                    .with(Math.floorMod(forgottenMs, SlotIds.MINUTE_MS))
                    .run();
        }
        putBackLate();
        dropping = false;
        late.clear();
    }

    private void noteLate(Late entry) {
        if (dropping && entry.dueMs() <= forgottenMs) {
            late.add(entry);
        }
    }

    private void putBackLate() {
        for (Late entry : late) {
            switch (entry) {
                case Late.Job job -> insertJob(job.dueMs(), job.id());
                case Late.OpenRun run -> insertRun(run.dueMs(), run.id());
            }
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
