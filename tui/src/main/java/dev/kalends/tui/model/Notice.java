package dev.kalends.tui.model;

/** A line that tells what just happened. */
public record Notice(String text, Kind kind, long untilMs) {
    /** How long a notice stays, in milliseconds. */
    public static final long STAYS_MS = 8_000;

    public static final Notice NONE = new Notice("", Kind.DONE, 0);

    /** Whether it went well. */
    public enum Kind {
        DONE,
        FAILED
    }
}
