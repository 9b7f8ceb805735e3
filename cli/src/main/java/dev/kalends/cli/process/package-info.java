/**
 * Owns nodes that a command starts for itself, as processes of their own: for the demo and the benchmarks.
 *
 * <p>May import: {@code cli.io}, {@code dev.kalends.api}, {@code client}. Start reading at
 * {@link dev.kalends.cli.process.NodeProcess}.
 */
@NullMarked
package dev.kalends.cli.process;

import org.jspecify.annotations.NullMarked;
