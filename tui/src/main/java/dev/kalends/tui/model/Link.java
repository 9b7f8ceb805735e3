package dev.kalends.tui.model;

/**
 * How the console stands with the node that it asks.
 *
 * @param node the node's name, or its address while the name is not known
 * @param heardMs when it was last heard, on the monotonic clock; {@link Timed#NEVER} at the start
 */
public record Link(String node, long heardMs, State state) {
    /** How long a silence may be before what is on the screen is called stale. */
    public static final long STALE_AFTER_MS = 5_000;

    /** What the link is doing. */
    public sealed interface State {
        /** Nothing was heard yet. */
        record Connecting() implements State {}

        /** The node answers. */
        record Up() implements State {}

        /** It did not; another one is asked at a time on the monotonic clock. */
        record Lost(String lost, String next, long tryAtMs, String reason) implements State {}
    }

    public static Link connecting(String node) {
        return new Link(node, Timed.NEVER, new State.Connecting());
    }

    /** How long ago the node was heard. */
    public long ageMs(Now now) {
        return Math.max(0, now.elapsedMs() - heardMs);
    }

    /** Whether what is shown may be acted on. */
    public boolean isLive(Now now) {
        return state instanceof State.Up && ageMs(now) < STALE_AFTER_MS;
    }
}
