package dev.kalends.cli.output;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A column of a {@link Listing}: its title, what a terminal shows, what a pipe gets.
 *
 * @param fit how it takes part in fitting the table into the terminal
 * @param cell what a terminal shows
 * @param field what a pipe gets: RFC 3339 instants, plain integers; null becomes an empty field
 */
public record Column<T>(String title, Fit fit, Function<T, Cell> cell, Function<T, @Nullable String> field) {

    /** How a column takes part in fitting the table into the terminal. */
    public enum Fit {
        /** As wide as its widest cell. */
        FIXED,
        /** Numbers: as wide as the widest, aligned to the right. */
        NUMBER,
        /** Cut with an ellipsis when the table would be too wide. */
        CUT,
        /** Shown only with {@code -o wide}; in a pipe always, after all other columns. */
        WIDE
    }

    /** A text that looks the same everywhere. */
    public static <T> Column<T> text(String title, Fit fit, Function<T, @Nullable String> field) {
        return new Column<>(title, fit, item -> Cell.of(field.apply(item)), field);
    }

    /** A state, in its colour. */
    public static <T> Column<T> state(String title, Function<T, String> field) {
        return new Column<>(title, Fit.FIXED, item -> Cell.state(field.apply(item)), item -> field.apply(item));
    }

    /** An instant: relative on a terminal, RFC 3339 in a pipe. */
    public static <T> Column<T> instant(String title, long nowMs, Function<T, @Nullable String> field) {
        return new Column<>(title, Fit.FIXED, item -> Cell.relative(field.apply(item), nowMs), field);
    }
}
