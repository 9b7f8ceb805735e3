package dev.kalends.tui.text;

/**
 * What stands in one place of a terminal: a character with its marks.
 *
 * @param columns 1 or 2
 */
public record Glyph(String text, int columns) {}
