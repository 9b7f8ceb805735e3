/**
 * Owns what the console knows and shows: immutable records, nothing that draws, asks or waits.
 *
 * <p>May import: {@code job}, {@code api}, {@code schedule} of the node, {@code tui.text}. Start reading at
 * {@link dev.kalends.tui.model.Model}.
 */
@NullMarked
package dev.kalends.tui.model;

import org.jspecify.annotations.NullMarked;
