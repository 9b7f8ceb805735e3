package dev.kalends.cli.output;

import org.jspecify.annotations.Nullable;

/** One field of a table: what a terminal shows, and in which colour. The text need not be safe yet. */
public record Cell(String text, Paint paint) {
    /** What stands where there is no value. */
    public static final Cell NONE = new Cell("-", Paint.DIM);

    /** Plain text; {@link #NONE} for null or empty. */
    public static Cell of(@Nullable String text) {
        return text == null || text.isEmpty() ? NONE : new Cell(text, Paint.PLAIN);
    }

    /** A number; {@link #NONE} for null. */
    public static Cell of(@Nullable Number number) {
        return number == null ? NONE : of(number.toString());
    }

    /** A state, in its colour. */
    public static Cell state(String state) {
        return new Cell(state, Paint.ofState(state));
    }

    /** An RFC 3339 instant as a relative time; {@link #NONE} for null. */
    public static Cell relative(@Nullable String at, long nowMs) {
        long atMs = Times.ofRfc3339(at);
        return atMs < 0 ? of(at) : of(Times.relative(atMs, nowMs));
    }
}
