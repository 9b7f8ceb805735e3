/**
 * Owns {@code backup}, which the node does, and {@code restore}, which is done here while no node runs.
 *
 * <p>May import: {@code cli.command}, {@code cli.io}, {@code cli.output}, {@code dev.kalends.api}, {@code client}. What
 * a restore does to a data directory is handed in by {@code cli.main}. Start reading at
 * {@link dev.kalends.cli.keep.BackupCommand}.
 */
@NullMarked
package dev.kalends.cli.keep;

import org.jspecify.annotations.NullMarked;
