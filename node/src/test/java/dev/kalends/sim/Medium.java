package dev.kalends.sim;

import dev.kalends.journal.Store;
import dev.kalends.memory.MemoryStore;
import dev.kalends.sqlite.Durability;
import dev.kalends.sqlite.SqliteStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a partition is kept on: memory that outlives the node, or a real SQLite file in a temporary directory. */
sealed interface Medium extends AutoCloseable {
    /** The store, open. */
    Store store();

    /** The node died: opens again what was kept. */
    void restart();

    /** Everything that was kept is lost. */
    void wipe();

    @Override
    void close();

    /** A store in memory. */
    record Memory(MemoryStore store, MemoryStore.Snapshot empty) implements Medium {
        /** An empty one. */
        static Memory of(int partition) {
            MemoryStore store = new MemoryStore(partition);
            return new Memory(store, store.snapshot());
        }

        @Override
        public void restart() {
            store.restart();
        }

        @Override
        public void wipe() {
            store.restore(empty);
        }

        @Override
        public void close() {
            store.close();
        }
    }

    /** A store in a file. */
    final class File implements Medium {
        private final Path directory;
        private final Path file;
        private final int partition;
        private SqliteStore store;

        File(int partition) {
            try {
                this.directory = Files.createTempDirectory("kalends-sim");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            this.partition = partition;
            this.file = directory.resolve("p.db");
            SqliteStore.create(file, partition);
            this.store = SqliteStore.open(file, partition, Durability.NORMAL);
        }

        @Override
        public Store store() {
            return store;
        }

        @Override
        public void restart() {
            store.close();
            store = SqliteStore.open(file, partition, Durability.NORMAL);
        }

        @Override
        public void wipe() {
            store.close();
            deleteFiles();
            SqliteStore.create(file, partition);
            store = SqliteStore.open(file, partition, Durability.NORMAL);
        }

        @Override
        public void close() {
            store.close();
            deleteFiles();
            try {
                Files.delete(directory);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void deleteFiles() {
            try (var files = Files.list(directory)) {
                for (Path left : files.toList()) {
                    Files.delete(left);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
