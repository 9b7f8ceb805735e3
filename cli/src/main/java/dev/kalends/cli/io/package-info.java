/**
 * Owns everything a command touches of the world: the three streams, the environment, the clocks, what is known of the
 * terminal. All of it is handed in, so that a test runs a command in its own process and reads what it wrote.
 *
 * <p>May import: {@code dev.kalends.time}. Start reading at {@link dev.kalends.cli.io.Surroundings}.
 */
@NullMarked
package dev.kalends.cli.io;

import org.jspecify.annotations.NullMarked;
