/**
 * Owns text on a terminal: what of it is harmless, how wide it is, how figures and times read.
 *
 * <p>May import: {@code schedule} of the node. Start reading at {@link dev.kalends.tui.text.SafeText}.
 */
@NullMarked
package dev.kalends.tui.text;

import org.jspecify.annotations.NullMarked;
