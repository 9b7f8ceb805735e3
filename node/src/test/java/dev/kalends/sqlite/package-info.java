/** Tests of the stores on SQLite: the contracts of their ports, and what only a disk can do to them. */
@NullMarked
package dev.kalends.sqlite;

import org.jspecify.annotations.NullMarked;
