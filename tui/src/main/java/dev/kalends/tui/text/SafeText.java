package dev.kalends.tui.text;

/**
 * Makes text of unknown origin harmless for a terminal: whatever could move the cursor, hide, reorder or forge text
 * becomes a visible escape such as {@code \x1b} or {@code \u202e}.
 *
 * <p>Escaped are control characters (C0, DEL, C1), bidirectional and other format characters (zero-width ones too),
 * line and paragraph separators, unpaired surrogates, private-use, unassigned and tag characters. Combining marks stay,
 * at most {@value #MARKS_MAX} in a row.
 */
public final class SafeText {
    private static final int MARKS_MAX = 4;

    private SafeText() {}

    /** One line: line feeds and tabs are escaped too ({@code \n}, {@code \t}). */
    public static String line(String text) {
        return isPlain(text) ? text : escape(text, false);
    }

    /** One field of a tab-separated line: as {@link #line}, and a backslash is doubled, so that it can be read back. */
    public static String field(String text) {
        return line(text.replace("\\", "\\\\"));
    }

    /** Several lines: line feeds and tabs stay; a carriage return before a line feed is dropped. */
    public static String lines(String text) {
        return isPlain(text) ? text : escape(text.replace("\r\n", "\n"), true);
    }

    /** JSON whose strings keep their value while no character in it can do harm: {@code \}{@code u}-escapes. */
    public static String json(String json) {
        if (isPlain(json)) {
            return json;
        }
        StringBuilder safe = new StringBuilder(json.length() + 16);
        for (int i = 0; i < json.length(); ) {
            int c = json.codePointAt(i);
            int chars = Character.charCount(c);
            if (c == '\n' || (c != 0x7f && !isHarmful(c))) {
                safe.append(json, i, i + chars);
            } else {
                for (int k = 0; k < chars; k++) {
                    unicodeEscape(safe, json.charAt(i + k));
                }
            }
            i += chars;
        }
        return safe.toString();
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c >= 0x7f) {
                return false;
            }
        }
        return true;
    }

    private static String escape(String text, boolean keepLines) {
        StringBuilder safe = new StringBuilder(text.length() + 16);
        int marks = 0;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            marks = isMark(c) ? marks + 1 : 0;
            if (keepLines && (c == '\n' || c == '\t')) {
                safe.append((char) c);
            } else if (isHarmful(c) || marks > MARKS_MAX) {
                append(safe, c);
            } else {
                safe.appendCodePoint(c);
            }
        }
        return safe.toString();
    }

    private static void append(StringBuilder safe, int c) {
        switch (c) {
            case '\n' -> safe.append("\\n");
            case '\t' -> safe.append("\\t");
            case '\r' -> safe.append("\\r");
            default -> {
                if (c <= 0xff) {
                    safe.append("\\x").append(hex(c, 2));
                } else if (c <= 0xffff) {
                    unicodeEscape(safe, (char) c);
                } else {
                    safe.append("\\U").append(hex(c, 8));
                }
            }
        }
    }

    private static void unicodeEscape(StringBuilder safe, char c) {
        safe.append("\\u").append(hex(c, 4));
    }

    private static String hex(int c, int digits) {
        String hex = Integer.toHexString(c);
        return "0".repeat(digits - hex.length()) + hex;
    }

    private static boolean isMark(int c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK;
    }

    private static boolean isHarmful(int c) {
        if (c < 0x7f) {
            return c < ' ';
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> isInvisible(c);
        };
    }

    /** Letters and marks that show nothing at all: fillers, variation selectors, the grapheme joiner. */
    private static boolean isInvisible(int c) {
        return c == 0x034f
                || c == 0x115f
                || c == 0x1160
                || c == 0x17b4
                || c == 0x17b5
                || c == 0x3164
                || c == 0xffa0
                || (c >= 0x180b && c <= 0x180f)
                || (c >= 0xfe00 && c <= 0xfe0f)
                || (c >= 0xe0100 && c <= 0xe01ef);
    }
}
