/**
 * Owns completion: which words may stand where, the scripts for bash, zsh and fish that are made of that, and the
 * hidden command {@code __complete} by which they ask a node for names.
 *
 * <p>May import: {@code cli.command}, {@code cli.output}, {@code dev.kalends.api}, {@code client}. Start reading at
 * {@link dev.kalends.cli.complete.CommandTree}, then {@link dev.kalends.cli.complete.WordCompletion}.
 */
@NullMarked
package dev.kalends.cli.complete;

import org.jspecify.annotations.NullMarked;
