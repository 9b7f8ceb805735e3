package dev.kalends.server;

/** Makes texts of strangers fit to be quoted in a message: short, on one line, without control characters. */
final class Texts {
    private static final int EXCERPT_CHARS_MAX = 60;

    private Texts() {}

    /** In quotes, cut, everything that could move a cursor or turn a line around as {@code ?}. */
    static String excerpt(String text) {
        StringBuilder shown = new StringBuilder("\"");
        for (int i = 0; i < Math.min(text.length(), EXCERPT_CHARS_MAX); i++) {
            char c = text.charAt(i);
            shown.append(isPlain(c) ? c : '?');
        }
        return shown.append(text.length() > EXCERPT_CHARS_MAX ? "...\"" : "\"").toString();
    }

    /** Whether a character is harmless on a screen: no control, format or surrogate character. */
    static boolean isPlain(char c) {
        int type = Character.getType(c);
        return !Character.isISOControl(c)
                && type != Character.FORMAT
                && type != Character.SURROGATE
                && type != Character.LINE_SEPARATOR
                && type != Character.PARAGRAPH_SEPARATOR
                && type != Character.PRIVATE_USE
                && type != Character.UNASSIGNED;
    }
}
