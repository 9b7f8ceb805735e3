package dev.kalends.sqlite;

import static dev.kalends.sqlite.StoreSetup.accept;
import static dev.kalends.sqlite.StoreSetup.fails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.journal.StoreException;
import dev.kalends.journal.StoreException.Kind;
import dev.kalends.testing.Samples;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A full disk, and the length of the write-ahead log. */
final class SqliteBoundsTest {
    private static final int BATCHES_MAX = 20_000;

    private final Path file;

    SqliteBoundsTest(@TempDir Path directory) {
        file = directory.resolve("partition.db");
        SqliteStore.create(file, Samples.PARTITION);
    }

    private SqliteStore open(Bounds bounds) {
        return SqliteStore.open(file, Samples.PARTITION, Durability.NORMAL, bounds);
    }

    @Test
    void fullLosesNothingAndGoesOnWithMoreSpace() {
        int accepted = 0;
        try (SqliteStore store = open(new Bounds(1 << 20, OptionalLong.of(100)))) {
            StoreException full = null;
            while (full == null && accepted < 1_000_000) {
                try {
                    accept(store, accepted, 500, 30);
                    accepted += 500;
                } catch (StoreException e) {
                    full = e;
                }
            }
            int kept = accepted;
            assertTrue(kept > 500, "accepted=" + kept);
            fails(Kind.FULL, "free some", () -> accept(store, kept, 500, 30));
            assertEquals(kept, store.nextSequence(Samples.DAY));
            assertTrue(store.spec(Samples.oneOff(kept - 1)).isPresent());
            assertTrue(store.spec(Samples.oneOff(kept)).isEmpty());
        }
        try (SqliteStore store = open(Bounds.DEFAULT)) {
            assertEquals(accepted, store.nextSequence(Samples.DAY));
            accept(store, accepted, 500, 30);
            assertEquals(accepted + 500, store.reader().oneOffsDue(Samples.T0 + Samples.DAY_MS));
        }
    }

    /** Without a pause between commits the log can only grow, until it is started again from its beginning. */
    @Test
    void theLogIsStartedAgain() throws IOException {
        Path log = file.resolveSibling(file.getFileName() + "-wal");
        int batches = 0;
        try (SqliteStore store = open(new Bounds(1 << 20, OptionalLong.empty()))) {
            long salt = 0;
            boolean grown = false;
            while (batches < BATCHES_MAX && !(grown && salt(log) != salt)) {
                accept(store, batches++ * 100, 100, 30);
                if (!grown) {
                    // A pass may have met a short log and emptied it.
                    grown = Files.size(log) > 1 << 20;
                    salt = salt(log);
                }
            }
        }
        assertTrue(batches < BATCHES_MAX, "the log was never started again; batches=" + batches);
    }

    /** A log that is started again has another salt in its header. */
    private static long salt(Path log) throws IOException {
        try (DataInputStream header = new DataInputStream(Files.newInputStream(log))) {
            header.skipNBytes(16);
            return header.readLong();
        }
    }
}
