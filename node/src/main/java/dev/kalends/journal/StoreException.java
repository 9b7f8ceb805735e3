package dev.kalends.journal;

/** The store cannot do what was asked; the cause says why, the kind says what that means for the node. */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** What to do about it. */
    public enum Kind {
        /** No space: may pass, nothing was written. */
        FULL,
        /** Someone else has it open, or it may not be written. */
        NOT_AVAILABLE,
        /** It does not hold what it must hold: never go on with it. */
        DAMAGED,
        /** It was written by a newer version. */
        NEWER,
        /** An input or output error: fatal, never retried. */
        IO
    }

    private final Kind kind;

    public StoreException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public StoreException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
