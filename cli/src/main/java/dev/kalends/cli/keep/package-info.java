/**
 * Owns {@code backup}, which the node does. ({@code restore} opens the node's own stores, while no node runs on them:
 * it is in {@code cli.main}.)
 *
 * <p>May import: {@code cli.command}, {@code cli.io}, {@code cli.output}, {@code dev.kalends.api}, {@code client}.
 * Start reading at {@link dev.kalends.cli.keep.BackupCommand}.
 */
@NullMarked
package dev.kalends.cli.keep;

import org.jspecify.annotations.NullMarked;
