/**
 * Owns what becomes of the model: messages in, model and effects out, no clock, no thread, no terminal.
 *
 * <p>May import: {@code tui.model}, {@code tui.list}, {@code tui.text}. Start reading at
 * {@link dev.kalends.tui.update.Update}, then {@link dev.kalends.tui.update.KeyMap}.
 */
@NullMarked
package dev.kalends.tui.update;

import org.jspecify.annotations.NullMarked;
