/**
 * Owns the lists of the console: which items a view has, in which order, what stands in their columns.
 *
 * <p>The update moves the cursor over the same items that the view draws. May import: {@code tui.model},
 * {@code tui.text} and the node's {@code api}. Start reading at {@link dev.kalends.tui.list.Listings}.
 */
@NullMarked
package dev.kalends.tui.list;

import org.jspecify.annotations.NullMarked;
