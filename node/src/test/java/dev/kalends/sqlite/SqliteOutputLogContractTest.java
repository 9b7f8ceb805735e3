package dev.kalends.sqlite;

import dev.kalends.journal.OutputLog;
import dev.kalends.testing.OutputLogContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

final class SqliteOutputLogContractTest implements OutputLogContract {
    private final SqliteOutputLog log;

    SqliteOutputLogContractTest(@TempDir Path directory) {
        log = SqliteOutputLog.open(directory.resolve("output.db"));
    }

    @Override
    public OutputLog log() {
        return log;
    }

    @AfterEach
    void close() {
        log.close();
    }
}
