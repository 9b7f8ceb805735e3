/**
 * Owns the screens: from a model to a grid of cells, the same grid for the same model.
 *
 * <p>May import: {@code tui.model}, {@code tui.list}, {@code tui.update} for its key map, {@code tui.text}. Start
 * reading at {@link dev.kalends.tui.view.Screens}.
 */
@NullMarked
package dev.kalends.tui.view;

import org.jspecify.annotations.NullMarked;
