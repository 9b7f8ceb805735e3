package dev.kalends.worker;

/** An attempt whose work could not even begin. The message ends in {@code key=value}. */
final class CannotStartException extends Exception {
    private static final long serialVersionUID = 1;

    CannotStartException(String message) {
        super(message);
    }

    /** As a failed attempt. */
    Outcome outcome() {
        return Outcome.failed(PlainText.of("cannot start: " + getMessage()));
    }
}
