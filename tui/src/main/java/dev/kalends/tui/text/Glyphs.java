package dev.kalends.tui.text;

import java.util.ArrayList;
import java.util.List;

/** Cuts text of unknown origin into harmless glyphs. */
public final class Glyphs {
    /** A mark that has nothing to stand on stands on this. */
    private static final String DOTTED_CIRCLE = "\u25cc";

    private static final String ELLIPSIS = "…";
    /** Chars of a text that are looked at for each column: a character outside the plane and three marks. */
    private static final int CHARS_A_COLUMN = 8;

    private Glyphs() {}

    /** The glyphs of a text in at most so many columns; what is longer ends in an ellipsis. */
    public static List<Glyph> of(String text, int columnsMax) {
        if (columnsMax <= 0) {
            return List.of();
        }
        int look = Math.min(text.length(), (columnsMax + 1) * CHARS_A_COLUMN);
        List<Glyph> glyphs = split(SafeText.line(text.substring(0, look)));
        if (columns(glyphs) <= columnsMax && look == text.length()) {
            return glyphs;
        }
        List<Glyph> cut = new ArrayList<>();
        int used = 1;
        for (Glyph glyph : glyphs) {
            used += glyph.columns();
            if (used > columnsMax) {
                break;
            }
            cut.add(glyph);
        }
        cut.add(new Glyph(ELLIPSIS, 1));
        return cut;
    }

    /** How many columns glyphs take. */
    public static int columns(List<Glyph> glyphs) {
        int columns = 0;
        for (Glyph glyph : glyphs) {
            columns += glyph.columns();
        }
        return columns;
    }

    private static List<Glyph> split(String safe) {
        List<Glyph> glyphs = new ArrayList<>(safe.length());
        for (int at = 0; at < safe.length(); ) {
            int end = at + Character.charCount(safe.codePointAt(at));
            String first = safe.substring(at, end);
            int columns = TextWidth.of(first);
            String base = columns == 0 ? DOTTED_CIRCLE + first : first;
            while (end < safe.length() && isMark(safe, end)) {
                end += Character.charCount(safe.codePointAt(end));
            }
            String marks = safe.substring(at + first.length(), end);
            glyphs.add(new Glyph(base + marks, Math.max(1, columns)));
            at = end;
        }
        return glyphs;
    }

    private static boolean isMark(String text, int at) {
        int c = text.codePointAt(at);
        return c >= 0x300 && TextWidth.of(new String(Character.toChars(c))) == 0;
    }
}
