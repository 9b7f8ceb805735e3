package dev.kalends.relay;

/** Another node did not answer. */
public final class PeerException extends Exception {
    private static final long serialVersionUID = 1;

    private final Sent sent;

    /** How far the question came. */
    public enum Sent {
        /** There was no connection: that node has not seen it. */
        NO,
        /** The answer is missing: that node may have done it. */
        PERHAPS
    }

    PeerException(Sent sent, String message, Throwable cause) {
        super(message, cause);
        this.sent = sent;
    }

    public Sent sent() {
        return sent;
    }
}
