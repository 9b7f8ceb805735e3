package dev.kalends.sqlite;

import dev.kalends.job.Limits;
import dev.kalends.job.RunId;
import dev.kalends.journal.OutputLog;
import dev.kalends.journal.StoreException;
import dev.kalends.journal.StoreException.Kind;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * Output tails in one SQLite file of their own, the oldest pruned first. A power cut may lose the last ones, and
 * nothing else.
 */
public final class SqliteOutputLog implements OutputLog {
    private static final int APPLICATION_ID = 0x6b616c6f;
    private static final int VERSION = 1;
    /** Tails removed in one transaction. */
    private static final int PRUNED_AT_ONCE = 1_000;

    private final Session session;
    private long bytesKept;
    private boolean closed;

    private SqliteOutputLog(Session session) {
        this.session = session;
    }

    /** Opens the file, or makes it. */
    public static SqliteOutputLog open(Path file) {
        Session session = Database.connect(file);
        try {
            long version = session.on("PRAGMA user_version").number(0);
            if (version > VERSION) {
                throw new StoreException(
                        Kind.NEWER,
                        "the output tails were written by a newer version of Kalends: start that version again, or"
                                + " move the file away; file=" + file + " schema=" + version + " known=" + VERSION);
            }
            session.on("PRAGMA journal_mode = WAL").first(row -> row.text(1));
            session.execute("PRAGMA synchronous = NORMAL");
            session.execute("PRAGMA wal_autocheckpoint = 1000");
            if (version == 0) {
                create(session);
            }
            SqliteOutputLog log = new SqliteOutputLog(session);
            log.bytesKept = session.on("SELECT total(length(bytes)) FROM tail").number(0);
            return log;
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
    }

    private static void create(Session session) {
        session.execute("BEGIN IMMEDIATE");
        session.execute(
                "CREATE TABLE tail (sequence INTEGER PRIMARY KEY, job INTEGER NOT NULL, nominal INTEGER NOT NULL,"
                        + " mark INTEGER NOT NULL, attempt INTEGER NOT NULL, begins INTEGER NOT NULL,"
                        + " bytes BLOB NOT NULL)");
        session.execute("CREATE UNIQUE INDEX tail_attempt ON tail (job, nominal, mark, attempt)");
        session.execute("PRAGMA application_id = " + APPLICATION_ID);
        session.execute("PRAGMA user_version = " + VERSION);
        session.execute("COMMIT");
    }

    @Override
    public synchronized void append(RunId run, int attempt, long offset, byte[] bytes) {
        requireOpen();
        Optional<Tail> before = find(run, attempt);
        Tail after = bounded(before.map(tail -> joined(tail, offset, bytes)).orElseGet(() -> new Tail(offset, bytes)));
        if (before.isPresent()) {
            byAttempt(
                            "UPDATE tail SET begins = ?5, bytes = ?6"
                                    + " WHERE job = ?1 AND nominal = ?2 AND mark = ?3 AND attempt = ?4",
                            run,
                            attempt)
                    .with(after.offset())
                    .with(after.bytes())
                    .run();
        } else {
            byAttempt(
                            "INSERT INTO tail (job, nominal, mark, attempt, begins, bytes) VALUES (?, ?, ?, ?, ?, ?)",
                            run,
                            attempt)
                    .with(after.offset())
                    .with(after.bytes())
                    .run();
        }
        bytesKept +=
                after.bytes().length - before.map(tail -> tail.bytes().length).orElse(0);
    }

    /** The tail with more bytes: what it already has is left out, and after a gap only the later part is kept. */
    private static Tail joined(Tail tail, long offset, byte[] bytes) {
        long end = tail.offset() + tail.bytes().length;
        if (offset > end) {
            return new Tail(offset, bytes);
        }
        long known = end - offset;
        if (known >= bytes.length) {
            return tail;
        }
        byte[] all = Arrays.copyOf(tail.bytes(), tail.bytes().length + bytes.length - (int) known);
        System.arraycopy(bytes, (int) known, all, tail.bytes().length, bytes.length - (int) known);
        return new Tail(tail.offset(), all);
    }

    private static Tail bounded(Tail tail) {
        int over = tail.bytes().length - Limits.OUTPUT_BYTES_MAX;
        return over <= 0
                ? tail
                : new Tail(tail.offset() + over, Arrays.copyOfRange(tail.bytes(), over, tail.bytes().length));
    }

    @Override
    public synchronized Optional<Tail> read(RunId run, int attempt) {
        requireOpen();
        return find(run, attempt);
    }

    private Optional<Tail> find(RunId run, int attempt) {
        return byAttempt(
                        "SELECT begins, bytes FROM tail WHERE job = ? AND nominal = ? AND mark = ? AND attempt = ?",
                        run,
                        attempt)
                .first(row -> new Tail(row.number(1), row.bytes(2)));
    }

    private Query byAttempt(String sql, RunId run, int attempt) {
        return session.on(sql)
                .with(run.job().value())
                .with(run.nominalMs())
                .with(SlotIds.mark(run))
                .with(attempt);
    }

    @Override
    public synchronized void prune(long bytesToKeep) {
        requireOpen();
        while (bytesKept > bytesToKeep) {
            long before = bytesKept;
            long[] last = {-1};
            session.on("SELECT sequence, length(bytes) FROM tail ORDER BY sequence LIMIT ?")
                    .with(PRUNED_AT_ONCE)
                    .until(row -> {
                        last[0] = row.number(1);
                        bytesKept -= row.number(2);
                        return bytesKept > bytesToKeep;
                    });
            session.on("DELETE FROM tail WHERE sequence <= ?").with(last[0]).run();
            if (bytesKept == before) {
                bytesKept = session.on("SELECT total(length(bytes)) FROM tail").number(0);
                return;
            }
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new StoreException(Kind.NOT_AVAILABLE, "the output log is closed; file=" + session.file());
        }
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            session.close();
        }
    }
}
