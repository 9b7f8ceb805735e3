package dev.kalends.sqlite;

import dev.kalends.journal.StoreException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A prepared statement: its parameters are given in order, then one of the running methods is called. */
final class Query implements AutoCloseable {
    /** How long a statement lives. */
    enum Use {
        /** As long as its session. */
        KEPT,
        /** For one reading: the kept one of the same text is being read further out. */
        ONCE
    }

    private final String file;
    private final PreparedStatement statement;
    private final Use use;
    private final Row row = new Row(this);
    private int parameter;
    private boolean failed;
    private @Nullable ResultSet result;

    Query(String file, PreparedStatement statement, Use use) {
        this.file = file;
        this.statement = statement;
        this.use = use;
    }

    Query begin() {
        parameter = 0;
        return this;
    }

    /** Whether its rows are being read now. */
    boolean isOpen() {
        return result != null;
    }

    /** Whether it failed once: the driver may then have thrown it away. */
    boolean hasFailed() {
        return failed;
    }

    private StoreException failure(SQLException cause) {
        failed = true;
        return Failures.of(file, cause);
    }

    Query with(long value) {
        try {
            statement.setLong(++parameter, value);
            return this;
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    Query with(OptionalLong value) {
        return value.isPresent() ? with(value.getAsLong()) : withNull();
    }

    Query with(String value) {
        try {
            statement.setString(++parameter, value);
            return this;
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    Query with(byte[] value) {
        try {
            statement.setBytes(++parameter, value);
            return this;
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    Query withNull() {
        try {
            statement.setNull(++parameter, java.sql.Types.NULL);
            return this;
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /** Runs what returns no rows; answers how many rows changed. */
    int run() {
        try {
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /** The first row, if there is one. */
    <T> Optional<T> first(Function<Row, T> read) {
        List<T> found = new ArrayList<>(1);
        until(row -> {
            found.add(read.apply(row));
            return false;
        });
        return found.isEmpty() ? Optional.empty() : Optional.of(found.getFirst());
    }

    /** The number in the first row, or another when there is none. */
    long number(long otherwise) {
        return first(row -> row.number(1)).orElse(otherwise);
    }

    <T> List<T> list(Function<Row, T> read) {
        List<T> all = new ArrayList<>();
        each(row -> all.add(read.apply(row)));
        return all;
    }

    void each(Consumer<Row> sink) {
        until(row -> {
            sink.accept(row);
            return true;
        });
    }

    /** Reads rows as long as the reader wants more. */
    void until(Predicate<Row> more) {
        try {
            ResultSet rows = statement.executeQuery();
            result = rows;
            boolean wanted = true;
            while (wanted && rows.next()) {
                wanted = more.test(row);
            }
        } catch (SQLException e) {
            throw failure(e);
        } finally {
            done();
        }
    }

    private void done() {
        ResultSet rows = result;
        result = null;
        try {
            if (rows != null) {
                rows.close();
            }
            if (use == Use.ONCE) {
                statement.close();
            }
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    @Override
    public void close() throws SQLException {
        statement.close();
    }

    /** The row that is being read; columns count from 1. */
    static final class Row {
        private final Query query;

        private Row(Query query) {
            this.query = query;
        }

        long number(int column) {
            try {
                return rows().getLong(column);
            } catch (SQLException e) {
                throw query.failure(e);
            }
        }

        OptionalLong maybe(int column) {
            try {
                long value = rows().getLong(column);
                return rows().wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
            } catch (SQLException e) {
                throw query.failure(e);
            }
        }

        String text(int column) {
            try {
                String value = rows().getString(column);
                return value == null ? "" : value;
            } catch (SQLException e) {
                throw query.failure(e);
            }
        }

        byte[] bytes(int column) {
            return maybeBytes(column).orElseGet(() -> new byte[0]);
        }

        Optional<byte[]> maybeBytes(int column) {
            try {
                return Optional.ofNullable(rows().getBytes(column));
            } catch (SQLException e) {
                throw query.failure(e);
            }
        }

        private ResultSet rows() {
            ResultSet rows = query.result;
            if (rows == null) {
                throw new IllegalStateException("the row is no longer there");
            }
            return rows;
        }
    }
}
