/**
 * Owns the command that starts the full-screen console; the console itself is the module {@code tui}.
 *
 * <p>May import: {@code cli.command}, {@code cli.io}, {@code dev.kalends.tui}. Start reading at
 * {@link dev.kalends.cli.console.TopCommand}.
 */
@NullMarked
package dev.kalends.cli.console;

import org.jspecify.annotations.NullMarked;
