package dev.kalends.lease;

/** Membership cannot be had or kept; the message says why and who holds what was asked for. */
public final class CoordinationException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public CoordinationException(String message) {
        super(message);
    }

    public CoordinationException(String message, Throwable cause) {
        super(message, cause);
    }
}
