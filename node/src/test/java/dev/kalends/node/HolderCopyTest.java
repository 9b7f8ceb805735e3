package dev.kalends.node;

import static dev.kalends.testing.Samples.T0;
import static dev.kalends.testing.Samples.once;
import static dev.kalends.testing.Samples.oneOff;
import static dev.kalends.testing.Samples.ready;
import static dev.kalends.testing.Samples.repeating;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kalends.journal.Batch;
import dev.kalends.journal.Change;
import dev.kalends.journal.Digest;
import dev.kalends.journal.Dump;
import dev.kalends.memory.MemoryStore;
import dev.kalends.sqlite.Durability;
import dev.kalends.sqlite.SqliteStore;
import dev.kalends.testing.Samples;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HolderCopyTest {
    @TempDir
    Path directory;

    private static MemoryStore held(long position) {
        MemoryStore store = new MemoryStore(Samples.PARTITION);
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < 2_500; i++) {
            changes.add(new Change.PutSpec(once(oneOff(i), T0 + i), T0 + i));
        }
        changes.add(new Change.PutRun(ready(repeating(1), T0)));
        changes.add(new Change.AppendHistory(Samples.dead(repeating(2), T0, T0 + 10)));
        store.apply(new Batch(Samples.PARTITION, 1, T0, changes), position);
        return store;
    }

    private static String digest(dev.kalends.journal.StoreReader reader) {
        Digest digest = new Digest();
        reader.dump(Dump.ALL, digest);
        return digest.changes() + " " + digest.text();
    }

    @Test
    void theFileHoldsWhatTheHolderTold() throws Exception {
        MemoryStore held = held(70_000);
        Path file = directory.resolve("partition-0000.db");
        assertEquals(70_000, HolderCopy.of(Samples.PARTITION, held.reader(), file, T0));
        try (SqliteStore copy = SqliteStore.open(file, Samples.PARTITION, Durability.NORMAL)) {
            assertEquals(70_000, copy.position());
            assertEquals(digest(held.reader()), digest(copy.reader()));
        }
        try (var files = Files.list(directory)) {
            assertEquals(
                    List.of(),
                    files.map(path -> path.getFileName().toString())
                            .filter(name -> name.contains(".far"))
                            .toList());
        }
    }

    @Test
    void aBackupIsNeverOverwritten() throws Exception {
        Path file = directory.resolve("partition-0000.db");
        Files.writeString(file, "precious");
        assertThrows(
                dev.kalends.journal.StoreException.class,
                () -> HolderCopy.of(Samples.PARTITION, held(3).reader(), file, T0));
        assertEquals("precious", Files.readString(file));
    }
}
