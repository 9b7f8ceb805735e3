package dev.kalends.sqlite;

import static dev.kalends.sqlite.StoreSetup.fails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.journal.StoreException;
import dev.kalends.journal.StoreException.Kind;
import dev.kalends.testing.Samples;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that is not what it must be is refused, with what to do, and never gone on with. */
final class SqliteDamageTest {
    private static final int JOBS = 20_000;
    private static final int PAGE_BYTES = 4096;

    private final Path file;

    SqliteDamageTest(@TempDir Path directory) {
        file = directory.resolve("partition.db");
    }

    @BeforeEach
    void fill() {
        SqliteStore.create(file, Samples.PARTITION);
        try (SqliteStore store = open()) {
            StoreSetup.accept(store, 0, JOBS, 30);
        }
    }

    private SqliteStore open() {
        return SqliteStore.open(file, Samples.PARTITION, Durability.FULL);
    }

    @Test
    void soundIsOpened() {
        try (SqliteStore store = open()) {
            assertEquals(JOBS, store.nextSequence(Samples.DAY));
        }
    }

    @Test
    void anOlderSchemaIsBroughtUpToDate() throws SQLException {
        makeOlder(1, "pause", "held", "backfill", "hours", "names");
        try (SqliteStore store = open()) {
            assertEquals(JOBS, store.nextSequence(Samples.DAY), "what it held is there");
            assertEquals(List.of(), store.pauses());
        }
        try (SqliteStore again = open()) {
            assertEquals(List.of(), again.backfills());
        }
    }

    @Test
    void namesOfAnOlderSchemaAreTakenOver() throws SQLException {
        makeOlder(4, "names");
        int tenants = 3;
        int names = 5_000;
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            connection.setAutoCommit(false);
            try (PreparedStatement tenant =
                            connection.prepareStatement("INSERT INTO tenant VALUES (?, ?, NULL, NULL)");
                    PreparedStatement name = connection.prepareStatement("INSERT INTO name VALUES (?, ?, ?)")) {
                for (int i = 0; i < tenants; i++) {
                    tenant.setInt(1, 10 + i);
                    tenant.setString(2, "t" + i);
                    tenant.execute();
                    for (int j = 0; j < names; j++) {
                        name.setInt(1, 10 + i);
                        name.setString(2, "job-" + j);
                        name.setLong(3, Samples.repeating(i * names + j).value());
                        name.execute();
                    }
                }
            }
            connection.commit();
        }
        try (SqliteStore store = open()) {
            for (int i = 0; i < tenants; i++) {
                for (int j = 0; j < names; j++) {
                    assertEquals(Optional.of(Samples.repeating(i * names + j)), store.named("t" + i, "job-" + j));
                }
                assertEquals(Optional.empty(), store.named("t" + i, "job-" + names));
            }
        }
    }

    /** Makes of the file what an older version would have left, without some tables that it did not know. */
    private void makeOlder(int version, String... unknown) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            for (String table : unknown) {
                statement.execute("DROP TABLE " + table);
            }
            statement.execute("CREATE TABLE name (tenant INTEGER NOT NULL, name TEXT NOT NULL, job INTEGER NOT NULL,"
                    + " PRIMARY KEY (tenant, name)) WITHOUT ROWID");
            statement.execute("PRAGMA user_version = " + version);
        }
    }

    @Test
    void missing() throws IOException {
        Files.delete(file);
        fails(Kind.DAMAGED, "restore from a backup", this::open);
    }

    @Test
    void cutToNothing() throws IOException {
        cut(0);
        fails(Kind.DAMAGED, "restore from a backup", this::open);
    }

    @Test
    void cutInTheMiddle() throws IOException {
        cut(Files.size(file) / 2 / PAGE_BYTES * PAGE_BYTES);
        fails(Kind.DAMAGED, "restore from a backup", this::open);
    }

    @Test
    void anotherHeader() throws IOException {
        write(0, "not a database at all".getBytes(StandardCharsets.US_ASCII));
        fails(Kind.DAMAGED, "restore from a backup", this::open);
    }

    @Test
    void someoneElses() throws IOException {
        write(68, new byte[] {1, 2, 3, 4});
        fails(Kind.DAMAGED, "is not a database of Kalends", this::open);
    }

    @Test
    void aNewerSchema() throws IOException {
        write(60, new byte[] {0, 0, 0, Schema.VERSION + 1});
        StoreException refused = fails(Kind.NEWER, "start that version again", this::open);
        assertTrue(
                String.valueOf(refused.getMessage())
                        .endsWith("schema=" + (Schema.VERSION + 1) + " known=" + Schema.VERSION),
                refused.toString());
    }

    @Test
    void ofAnotherPartition() {
        fails(Kind.DAMAGED, "another partition", () -> SqliteStore.open(file, 7, Durability.FULL));
    }

    @Test
    void withoutATable() {
        try (Session session = Database.connect(file)) {
            session.execute("DROP TABLE ledger");
        }
        fails(Kind.DAMAGED, "does not have the tables", this::open);
    }

    /** Pages of the far tier hold noise: the store says so when it comes to them, and never goes on. */
    @Test
    void noiseInTheMiddle() throws IOException {
        byte[] noise = new byte[PAGE_BYTES * 40];
        new Random(3).nextBytes(noise);
        write(Files.size(file) / 2 / PAGE_BYTES * PAGE_BYTES, noise);
        StoreException seen = assertThrows(StoreException.class, this::readEverything);
        assertEquals(Kind.DAMAGED, seen.kind(), seen.toString());
    }

    private void readEverything() {
        try (SqliteStore store = open()) {
            store.reader().jobs(Optional.empty(), _ -> true, JOBS, JOBS);
        }
    }

    @Test
    void damageIsFinal() throws IOException {
        byte[] noise = new byte[PAGE_BYTES * 40];
        new Random(3).nextBytes(noise);
        write(Files.size(file) / 2 / PAGE_BYTES * PAGE_BYTES, noise);
        try (SqliteStore store = open()) {
            long nowMs = Samples.T0;
            assertThrows(StoreException.class, () -> store.cascade(nowMs, JOBS));
            fails(Kind.DAMAGED, "restore from a backup", () -> store.state(Samples.oneOff(0)));
            fails(Kind.DAMAGED, "restore from a backup", () -> StoreSetup.accept(store, JOBS, 1, 30));
        }
    }

    private void cut(long bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(bytes);
        }
    }

    private void write(long offset, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(bytes), offset);
        }
    }
}
