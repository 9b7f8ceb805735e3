package dev.kalends.sqlite;

import dev.kalends.journal.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.sqlite.SQLiteConnection;

/**
 * One connection with its prepared statements. Used by one thread at a time. Every method throws
 * {@link StoreException}.
 */
final class Session implements AutoCloseable {
    private final String file;
    private final Connection connection;
    private final Map<String, Query> queryBySql = new HashMap<>();

    Session(String file, Connection connection) {
        this.file = file;
        this.connection = connection;
        // Transactions are begun and ended by statements here. The driver would try both after every statement.
        ((SQLiteConnection) connection).getConnectionConfig().setAutoCommit(false);
    }

    String file() {
        return file;
    }

    /** The statement of a text, which must be a constant: every text is prepared once and kept. */
    Query on(String sql) {
        Query kept = queryBySql.get(sql);
        if (kept == null || kept.hasFailed()) {
            kept = prepare(sql, Query.Use.KEPT);
            queryBySql.put(sql, kept);
        }
        return kept.isOpen() ? prepare(sql, Query.Use.ONCE) : kept.begin();
    }

    /** Runs a text once. */
    void execute(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw Failures.of(file, e);
        }
    }

    /** Reads in one snapshot; the reads are undone, there is nothing to keep. */
    <T> T snapshot(Supplier<T> reads) {
        on("BEGIN").run();
        try {
            return reads.get();
        } finally {
            on("ROLLBACK").run();
        }
    }

    @Override
    public void close() {
        try {
            for (Query query : queryBySql.values()) {
                query.close();
            }
            connection.close();
        } catch (SQLException e) {
            throw Failures.of(file, e);
        }
    }

    private Query prepare(String sql, Query.Use use) {
        try {
            return new Query(file, connection.prepareStatement(sql), use);
        } catch (SQLException e) {
            throw Failures.of(file, e);
        }
    }
}
