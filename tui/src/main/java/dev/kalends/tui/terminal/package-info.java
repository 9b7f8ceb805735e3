/**
 * Owns the terminal: raw mode and back, keys in, one write a frame out.
 *
 * <p>May import: {@code tui.view} for its grid; Lanterna and JLine are known here alone. Start reading at
 * {@link dev.kalends.tui.terminal.Console}.
 */
@NullMarked
package dev.kalends.tui.terminal;

import org.jspecify.annotations.NullMarked;
