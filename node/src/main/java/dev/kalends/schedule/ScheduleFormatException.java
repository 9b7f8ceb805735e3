package dev.kalends.schedule;

/**
 * A text that was meant as a schedule, an instant or a duration and is none.
 *
 * <p>The message is one line, says what would be right, and is safe to show: an excerpt of the text in it is short and
 * has no control characters.
 */
public final class ScheduleFormatException extends IllegalArgumentException {
    private static final int EXCERPT_CHARS_MAX = 60;

    private static final long serialVersionUID = 1L;

    ScheduleFormatException(String message) {
        super(message);
    }

    /** The stable code of the error table. */
    public String code() {
        return "invalid";
    }

    /** The text in quotes, cut at {@value #EXCERPT_CHARS_MAX} characters, all but printable ASCII as {@code ?}. */
    static String excerpt(String text) {
        StringBuilder shown = new StringBuilder("\"");
        for (int i = 0; i < Math.min(text.length(), EXCERPT_CHARS_MAX); i++) {
            char c = text.charAt(i);
            shown.append(c >= ' ' && c <= '~' ? c : '?');
        }
        return shown.append(text.length() > EXCERPT_CHARS_MAX ? "...\"" : "\"").toString();
    }
}
