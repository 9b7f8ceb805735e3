package dev.kalends.sqlite;

import dev.kalends.journal.Store;
import dev.kalends.testing.Samples;
import dev.kalends.testing.StoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

final class SqliteStoreContractTest implements StoreContract {
    private final Path file;
    private SqliteStore store;

    SqliteStoreContractTest(@TempDir Path directory) {
        file = directory.resolve("partition.db");
        SqliteStore.create(file, Samples.PARTITION);
        store = open();
    }

    private SqliteStore open() {
        return SqliteStore.open(file, Samples.PARTITION, Durability.NORMAL);
    }

    @Override
    public Store store() {
        return store;
    }

    @Override
    public Store reopened() {
        store.close();
        store = open();
        return store;
    }

    @AfterEach
    void close() {
        store.close();
    }
}
