package dev.kalends.cli.crontab;

/** A line cannot be kept; the message says why and ends in {@code key=value}. */
final class UnkeptException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnkeptException(String why) {
        super(why);
    }
}
