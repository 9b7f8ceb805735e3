package dev.kalends.cli.io;

/** The reader of our output went away, as {@code head} does: nothing is wrong, and nobody listens any more. */
public final class ClosedPipe extends RuntimeException {
    private static final long serialVersionUID = 1;

    public ClosedPipe() {
        super("the reader of the output went away", null, false, false);
    }
}
