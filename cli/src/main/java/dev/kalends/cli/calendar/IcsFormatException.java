package dev.kalends.cli.calendar;

/** A file that is no iCalendar file, or one that is too large. */
final class IcsFormatException extends Exception {
    private static final long serialVersionUID = 1L;

    IcsFormatException(String message) {
        super(message);
    }
}
