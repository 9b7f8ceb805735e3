/**
 * Owns the tests in real processes: the program as it was built, killed, filled up and lied to.
 *
 * <p>They know the product only from outside: its command line, its signals and the files that its jobs write. May
 * import nothing of it, but for the evaluation of schedules ({@code dev.kalends.schedule}), which is held against a
 * real cron and other evaluators. Start reading at {@link dev.kalends.cli.e2e.Home}.
 */
@NullMarked
package dev.kalends.cli.e2e;

import org.jspecify.annotations.NullMarked;
