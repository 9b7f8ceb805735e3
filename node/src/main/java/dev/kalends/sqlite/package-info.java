/**
 * Owns the stores on SQLite: a partition's state and far tier ({@link dev.kalends.sqlite.SqliteStore}), the output
 * tails ({@link dev.kalends.sqlite.SqliteOutputLog}) and the data directory that holds them.
 *
 * <p>May import: {@code job}, {@code journal}, {@code time}. Start reading at {@code Schema}, then
 * {@link dev.kalends.sqlite.SqliteStore}.
 */
@NullMarked
package dev.kalends.sqlite;

import org.jspecify.annotations.NullMarked;
