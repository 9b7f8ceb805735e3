/**
 * Owns the way in: the process's surroundings, the table of commands, exit statuses; and the daemons, as it is the only
 * package that may start {@code dev.kalends.node} and {@code dev.kalends.worker}.
 *
 * <p>May import: everything. Start reading at {@link dev.kalends.cli.main.Main}.
 */
@NullMarked
package dev.kalends.cli.main;

import org.jspecify.annotations.NullMarked;
