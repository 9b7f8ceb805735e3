package dev.kalends.tui.model;

/** The size of the terminal. */
public record Size(int columns, int rows) {
    /** Smaller ones get a notice instead of a screen. */
    public static final int COLUMNS_MIN = 80;

    public static final int ROWS_MIN = 24;

    public boolean isTooSmall() {
        return columns < COLUMNS_MIN || rows < ROWS_MIN;
    }
}
