package dev.kalends.tui.view;

/**
 * One place of the screen.
 *
 * @param text a harmless glyph; empty for the right half of a wide one
 * @param columns 1 or 2; 0 for the right half of a wide one
 */
public record Cell(String text, int columns, Style style) {
    public static final Cell BLANK = new Cell(" ", 1, Style.PLAIN);
}
