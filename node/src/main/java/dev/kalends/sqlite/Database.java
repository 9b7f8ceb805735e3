package dev.kalends.sqlite;

import dev.kalends.journal.Codec;
import dev.kalends.journal.Head;
import dev.kalends.journal.StoreException;
import dev.kalends.journal.StoreException.Kind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;

/**
 * One database file: how it is made, opened and checked.
 *
 * <p>It is made under another name and renamed when it is whole, so a file under its own name that is empty or short
 * is damaged, never half made. Opening checks what costs the same for a hundred jobs and a hundred million: header,
 * owner, version, length, tables, the small tables page by page, and both ends of each large one. What lies between
 * is checked by SQLite as it is read.
 */
final class Database {
    private static final int WRITER_CACHE_KIB = 32 * 1024;
    private static final int READER_CACHE_KIB = 2 * 1024;
    private static final int BUSY_TIMEOUT_MS = 5_000;
    /** The smallest file that can be a database: one page's header. */
    private static final int HEADER_BYTES = 100;

    private final Path path;
    private final int partition;
    private final Durability durability;

    Database(Path path, int partition, Durability durability) {
        this.path = path;
        this.partition = partition;
        this.durability = durability;
    }

    /** Makes an empty one; what is there already is left alone. */
    void create() {
        if (Files.exists(path)) {
            return;
        }
        Path unfinished = path.resolveSibling(path.getFileName() + ".new");
        try {
            Files.deleteIfExists(unfinished);
            try (Session session = connect(unfinished, WRITER_CACHE_KIB)) {
                session.execute("PRAGMA page_size = 4096");
                session.execute("BEGIN IMMEDIATE");
                Schema.statements().forEach(session::execute);
                session.on("INSERT INTO partition VALUES (1, ?, 0, ?, ?, 1)")
                        .with(partition)
                        .with(Codec.encode(Head.FIRST))
                        .with(SlotIds.first(partition, 0))
                        .run();
                session.execute("PRAGMA user_version = " + Schema.VERSION);
                session.execute("PRAGMA application_id = " + Schema.APPLICATION_ID);
                session.execute("COMMIT");
            }
            sync(unfinished);
            Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE);
            sync(path.toAbsolutePath().resolveSibling(""));
        } catch (IOException e) {
            throw new StoreException(
                    Kind.NOT_AVAILABLE,
                    "the database cannot be made: check that its directory may be written; file=" + path + " cause="
                            + e.getMessage(),
                    e);
        }
    }

    /** The only connection that writes, after the checks. */
    Session writer() {
        checkFile();
        Session session = connect(path, WRITER_CACHE_KIB);
        try {
            check(session);
            session.execute("PRAGMA synchronous = " + durability);
            return session;
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
    }

    /** A connection that only reads. */
    Session reader() {
        Session session = connect(path, READER_CACHE_KIB);
        session.execute("PRAGMA query_only = ON");
        return session;
    }

    /** The connection that checkpoints. */
    Session checkpointer() {
        Session session = connect(path, READER_CACHE_KIB);
        session.execute("PRAGMA synchronous = " + durability);
        return session;
    }

    /** A connection that copies the database into another file. */
    Session copier() {
        return connect(path, READER_CACHE_KIB);
    }

    Durability durability() {
        return durability;
    }

    Path path() {
        return path;
    }

    int partition() {
        return partition;
    }

    /** A connection to any file of ours. */
    static Session connect(Path file) {
        return connect(file, READER_CACHE_KIB);
    }

    private static Session connect(Path file, int cacheKib) {
        try {
            SQLiteConfig config = new SQLiteConfig();
            config.setGetGeneratedKeys(false); // else every insert is followed by a query
            Session session = new Session(
                    file.toString(), JDBC.createConnection(JDBC.PREFIX + file.toAbsolutePath(), config.toProperties()));
            try {
                session.execute("PRAGMA busy_timeout = " + BUSY_TIMEOUT_MS);
                session.execute("PRAGMA trusted_schema = OFF");
                session.execute("PRAGMA mmap_size = 0");
                session.execute("PRAGMA cell_size_check = ON");
                session.execute("PRAGMA temp_store = MEMORY");
                session.execute("PRAGMA cache_size = -" + cacheKib);
                session.execute("PRAGMA wal_autocheckpoint = 0");
                return session;
            } catch (StoreException e) {
                session.close();
                throw e;
            }
        } catch (SQLException e) {
            throw Failures.of(file.toString(), e);
        }
    }

    private void checkFile() {
        try {
            if (!Files.exists(path)) {
                throw damaged("is missing");
            }
            if (Files.size(path) < HEADER_BYTES) {
                throw damaged("is cut off");
            }
        } catch (IOException e) {
            throw new StoreException(Kind.NOT_AVAILABLE, "the database cannot be read; file=" + path, e);
        }
    }

    private void check(Session session) {
        long owner = session.on("PRAGMA application_id").number(0);
        if (owner != Schema.APPLICATION_ID) {
            throw damaged("is not a database of Kalends");
        }
        long version = session.on("PRAGMA user_version").number(0);
        if (version > Schema.VERSION) {
            throw new StoreException(
                    Kind.NEWER,
                    "the database was written by a newer version of Kalends: start that version again, or restore a"
                            + " backup made by this one; file=" + path + " schema=" + version + " known="
                            + Schema.VERSION);
        }
        if (!"wal"
                .equals(session.on("PRAGMA journal_mode = WAL")
                        .first(row -> row.text(1))
                        .orElse(""))) {
            throw new StoreException(Kind.NOT_AVAILABLE, "the database cannot keep a write-ahead log; file=" + path);
        }
        if (version < Schema.VERSION) {
            upgrade(session, version);
        }
        checkTables(session);
        checkLength(session);
        checkContents(session);
    }

    private static void upgrade(Session session, long fromVersion) {
        session.execute("BEGIN IMMEDIATE");
        Schema.upgrade(fromVersion).forEach(session::execute);
        if (fromVersion < Schema.NAMES_SINCE) {
            new NameTable(session).takeOver();
        }
        session.execute("PRAGMA user_version = " + Schema.VERSION);
        session.execute("COMMIT");
    }

    private void checkTables(Session session) {
        Map<String, String> found = new HashMap<>();
        session.on("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL")
                .each(row -> found.put(row.text(1), row.text(2)));
        if (!found.equals(Schema.expected())) {
            throw damaged("does not have the tables it must have");
        }
    }

    private void checkLength(Session session) {
        session.on("PRAGMA wal_checkpoint(TRUNCATE)").first(row -> row.number(1));
        long bytes = session.on("PRAGMA page_count").number(0)
                * session.on("PRAGMA page_size").number(0);
        try {
            if (Files.size(path) < bytes) {
                throw damaged("is cut off");
            }
        } catch (IOException e) {
            throw new StoreException(Kind.NOT_AVAILABLE, "the database cannot be read; file=" + path, e);
        }
    }

    private void checkContents(Session session) {
        for (String small : new String[] {"partition", "slot", "hours", "template", "tenant"}) {
            String verdict = session.on("PRAGMA quick_check('" + small + "')")
                    .first(row -> row.text(1))
                    .orElse("");
            if (!"ok".equals(verdict)) {
                throw damaged("has a damaged table " + small);
            }
        }
        Schema.KEYS.forEach((large, key) -> {
            session.on("SELECT min(" + key + ") FROM " + large).number(0);
            session.on("SELECT max(" + key + ") FROM " + large).number(0);
        });
        long number = session.on("SELECT number FROM partition").number(-1);
        if (number != partition) {
            throw damaged("belongs to another partition; partition=" + partition + " found=" + number);
        }
    }

    private StoreException damaged(String how) {
        return new StoreException(
                Kind.DAMAGED, "the database " + how + ": restore from a backup (kalends restore DIR); file=" + path);
    }

    private static void sync(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
