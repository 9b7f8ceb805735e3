package dev.kalends.tui.list;

import java.util.function.Function;

/**
 * A column of a list.
 *
 * @param width columns of the terminal
 * @param fit what becomes of it where room is scarce or plenty
 */
public record Column<T>(String title, int width, Fit fit, Function<T, Span> cell) {
    /** How a column takes part in the room. */
    public enum Fit {
        /** Always there, as wide as it says. */
        FIXED,
        /** The same, aligned to the right. */
        NUMBER,
        /** Always there, at least as wide as it says; takes what is left. */
        WIDE,
        /** Only where there is room: the last ones go first. */
        SPARE
    }

    public static <T> Column<T> fixed(String title, int width, Function<T, Span> cell) {
        return new Column<>(title, width, Fit.FIXED, cell);
    }

    public static <T> Column<T> number(String title, int width, Function<T, Span> cell) {
        return new Column<>(title, width, Fit.NUMBER, cell);
    }

    public static <T> Column<T> wide(String title, int width, Function<T, Span> cell) {
        return new Column<>(title, width, Fit.WIDE, cell);
    }

    public static <T> Column<T> spare(String title, int width, Function<T, Span> cell) {
        return new Column<>(title, width, Fit.SPARE, cell);
    }
}
