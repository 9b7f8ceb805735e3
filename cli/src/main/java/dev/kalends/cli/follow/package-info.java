/**
 * Owns waiting for runs: until they end, with their output as it comes, and what is said about how they ended. Shared
 * by every command with {@code --wait} or {@code --follow}.
 *
 * <p>May import: {@code cli.command}, {@code cli.io}, {@code cli.output}, {@code dev.kalends.api}, {@code client},
 * {@code schedule}. Start reading at {@link dev.kalends.cli.follow.RunFollower}.
 */
@NullMarked
package dev.kalends.cli.follow;

import org.jspecify.annotations.NullMarked;
