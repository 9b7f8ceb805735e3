package dev.kalends.sqlite;

import dev.kalends.journal.StoreException;
import dev.kalends.journal.StoreException.Kind;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;

/** Says what an error of SQLite means for the node and what to do about it. */
final class Failures {
    private static final int PRIMARY_CODE = 0xff;

    private Failures() {}

    static StoreException of(String file, SQLException error) {
        Kind kind = kind(error);
        String message = switch (kind) {
            case FULL -> "no space left for the database: free some, then go on";
            case NOT_AVAILABLE ->
                "the database cannot be opened or written: check that it may be written and that no other process"
                        + " uses it";
            case DAMAGED -> "the database is damaged: stop the node and restore from a backup (kalends restore DIR)";
            case NEWER -> "the database was written by a newer version: start that version again";
            case IO -> "reading or writing the database failed: check the disk, then start the node again";
        };
        return new StoreException(kind, message + "; file=" + file + " cause=" + error.getMessage(), error);
    }

    private static Kind kind(SQLException error) {
        int primary = error.getErrorCode() & PRIMARY_CODE;
        if (primary == SQLiteErrorCode.SQLITE_FULL.code) {
            return Kind.FULL;
        }
        if (primary == SQLiteErrorCode.SQLITE_CORRUPT.code
                || primary == SQLiteErrorCode.SQLITE_NOTADB.code
                || primary == SQLiteErrorCode.SQLITE_FORMAT.code
                || primary == SQLiteErrorCode.SQLITE_SCHEMA.code) {
            return Kind.DAMAGED;
        }
        if (primary == SQLiteErrorCode.SQLITE_READONLY.code
                || primary == SQLiteErrorCode.SQLITE_CANTOPEN.code
                || primary == SQLiteErrorCode.SQLITE_BUSY.code
                || primary == SQLiteErrorCode.SQLITE_LOCKED.code
                || primary == SQLiteErrorCode.SQLITE_PERM.code
                || primary == SQLiteErrorCode.SQLITE_AUTH.code
                || primary == SQLiteErrorCode.SQLITE_INTERRUPT.code) {
            return Kind.NOT_AVAILABLE;
        }
        return Kind.IO;
    }
}
