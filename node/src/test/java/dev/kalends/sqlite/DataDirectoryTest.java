package dev.kalends.sqlite;

import static dev.kalends.sqlite.StoreSetup.fails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.journal.StoreException;
import dev.kalends.journal.StoreException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataDirectoryTest {
    private final Path temporary;
    private final Path directory;

    DataDirectoryTest(@TempDir Path temporary) {
        this.temporary = temporary;
        directory = temporary.resolve("state").resolve("data");
    }

    @Test
    void isMadeForItsOwnerOnly() throws IOException {
        try (DataDirectory data = DataDirectory.open(directory, 2);
                SqliteStore store = data.openStore(1, Durability.FULL);
                SqliteOutputLog log = data.openOutputLog()) {
            assertEquals(2, data.partitions());
            assertEquals(0, store.position());
            log.prune(0);
            assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)));
        }
    }

    @Test
    void keepsItsNumberOfPartitions() {
        DataDirectory.open(directory, 2).close();
        try (DataDirectory again = DataDirectory.open(directory, 5)) {
            assertEquals(2, again.partitions());
        }
    }

    @Test
    void isHeldByOneNode() {
        DataDirectory first = DataDirectory.open(directory, 1);
        StoreException refused = fails(
                Kind.NOT_AVAILABLE, "another node uses this data directory", () -> DataDirectory.open(directory, 1));
        String holder = "holder=pid " + ProcessHandle.current().pid();
        assertTrue(String.valueOf(refused.getMessage()).endsWith(holder), refused.toString());
        first.close();
        DataDirectory.open(directory, 1).close();
    }

    @Test
    void isHeldByOneProcess() throws Exception {
        try (StoreChild child = StoreChild.start("hold", directory)) {
            child.line();
            StoreException refused =
                    fails(Kind.NOT_AVAILABLE, "another node uses", () -> DataDirectory.open(directory, 1));
            assertTrue(String.valueOf(refused.getMessage()).endsWith("pid " + child.pid()), refused.toString());
        }
        DataDirectory.open(directory, 1).close();
    }

    @Test
    void refusesANewerFormat() throws IOException {
        DataDirectory.open(directory, 1).close();
        Files.writeString(directory.resolve("format"), "kalends data directory, version 2\npartitions 1\n");
        fails(Kind.NEWER, "start that version again", () -> DataDirectory.open(directory, 1));
    }

    @Test
    void refusesADamagedFormat() throws IOException {
        DataDirectory.open(directory, 1).close();
        Files.writeString(directory.resolve("format"), "");
        fails(Kind.DAMAGED, "restore from a backup", () -> DataDirectory.open(directory, 1));
        Files.writeString(directory.resolve("format"), "kalends data directory, version 1\npartitions x\n");
        fails(Kind.DAMAGED, "restore from a backup", () -> DataDirectory.open(directory, 1));
    }

    /** The format says that the database was made: an empty one in its place would lose every job in silence. */
    @Test
    void refusesToGoOnWithoutADatabase() throws IOException {
        DataDirectory.open(directory, 1).close();
        Files.delete(directory.resolve("partition-0000.db"));
        try (DataDirectory data = DataDirectory.open(directory, 1)) {
            fails(Kind.DAMAGED, "is missing", () -> data.openStore(0, Durability.FULL));
        }
    }

    @Test
    void aFileInItsPlace() throws IOException {
        Path file = Files.writeString(temporary.resolve("file"), "");
        fails(Kind.NOT_AVAILABLE, "choose another with --data-dir", () -> DataDirectory.open(file, 1));
    }

    /** A file system that takes no writes; its permissions bind the superuser too. */
    @Test
    void whereNothingCanBeWritten() {
        fails(
                Kind.NOT_AVAILABLE,
                "choose another with --data-dir",
                () -> DataDirectory.open(Path.of("/proc/kalends"), 1));
    }
}
