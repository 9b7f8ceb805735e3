package dev.kalends.sqlite;

import static dev.kalends.sqlite.StoreSetup.accept;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.journal.Change;
import dev.kalends.journal.StoreException.Kind;
import dev.kalends.journal.StoreReader;
import dev.kalends.journal.StoreReader.JobRow;
import dev.kalends.testing.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqliteBackupTest {
    private static final int BATCH = 100;

    private final Path directory;

    SqliteBackupTest(@TempDir Path directory) {
        this.directory = directory;
    }

    /** What a backup holds is what the store held at one position, whatever is written meanwhile. */
    @Test
    void isOneMomentOfTheStore() {
        Path file = directory.resolve("partition.db");
        Path copy = directory.resolve("copy.db");
        SqliteStore.create(file, Samples.PARTITION);
        try (SqliteStore store = SqliteStore.open(file, Samples.PARTITION, Durability.NORMAL)) {
            StoreSetup.apply(store, new Change.PutState(Samples.next(Samples.repeating(1), Samples.T0)));
            for (int i = 0; i < 100; i++) {
                accept(store, i * BATCH, BATCH, 30);
            }
            long before = store.position();
            CompletableFuture<Void> backup = CompletableFuture.runAsync(() -> store.backup(copy));
            int i = 100;
            do {
                accept(store, i * BATCH, BATCH, 30);
                i++;
            } while (!backup.isDone());
            backup.join();
            try (SqliteStore copied = SqliteStore.open(copy, Samples.PARTITION, Durability.NORMAL)) {
                long position = copied.position();
                assertTrue(position >= before && position <= store.position(), "position=" + position);
                int jobs = (int) (position - 1) * BATCH;
                assertEquals(jobs, copied.nextSequence(Samples.DAY));
                assertEquals(first(store.reader(), jobs), first(copied.reader(), Integer.MAX_VALUE));
                assertEquals(store.state(Samples.repeating(1)), copied.state(Samples.repeating(1)));
                accept(copied, jobs, 1, 30);
            }
        }
    }

    private static List<JobRow> first(StoreReader reader, int jobs) {
        return reader.jobs(Optional.empty(), _ -> true, jobs, Integer.MAX_VALUE).rows();
    }

    @Test
    void overwritesNothing() throws IOException {
        Path file = directory.resolve("partition.db");
        SqliteStore.create(file, Samples.PARTITION);
        Path there = Files.writeString(directory.resolve("there.db"), "precious");
        try (SqliteStore store = SqliteStore.open(file, Samples.PARTITION, Durability.NORMAL)) {
            StoreSetup.fails(Kind.NOT_AVAILABLE, "never overwrites", () -> store.backup(there));
            StoreSetup.fails(
                    Kind.NOT_AVAILABLE,
                    "",
                    () -> store.backup(directory.resolve("nowhere").resolve("copy.db")));
        }
        assertEquals("precious", Files.readString(there));
        assertFalse(Files.exists(directory.resolve("there.db.new")));
    }
}
