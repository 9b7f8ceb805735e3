package dev.kalends.tui.model;

/**
 * Something that was read from a node.
 *
 * @param atMs when, on the console's monotonic clock; {@link #NEVER} when it was not read yet
 */
public record Timed<T>(T value, long atMs) {
    /** Not read yet. */
    public static final long NEVER = -1;

    public static <T> Timed<T> never(T nothing) {
        return new Timed<>(nothing, NEVER);
    }

    public boolean wasRead() {
        return atMs != NEVER;
    }
}
