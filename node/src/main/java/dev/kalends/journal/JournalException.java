package dev.kalends.journal;

/**
 * The record and this node's copy of it do not belong together: it was replaced, or it ends before the copy does. To go
 * on would lose jobs in silence, so whoever meets it stops.
 */
public final class JournalException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public JournalException(String message) {
        super(message);
    }
}
