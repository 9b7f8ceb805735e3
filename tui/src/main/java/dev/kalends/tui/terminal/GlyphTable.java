package dev.kalends.tui.terminal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Stand-ins for glyphs, because Lanterna has its own idea of how wide a glyph is: a wrong one would move everything to
 * the right of it. Narrow glyphs are told to it as private characters of the basic plane, which it takes for narrow,
 * wide ones as private characters of another plane, which it takes for wide; on their way out they are put back.
 * Private characters never come from a text: those are escaped.
 */
final class GlyphTable {
    private static final int NARROW_FIRST = 0xe000;
    private static final int NARROW_MAX = 0xf8ff - NARROW_FIRST;
    private static final int WIDE_FIRST = 0xf0000;
    private static final int WIDE_MAX = 60_000;

    private final Map<String, String> standInByGlyph = new HashMap<>();
    private final List<String> narrow = new ArrayList<>();
    private final List<String> wide = new ArrayList<>();

    /** What stands for a glyph; empty when the table is full: clear it and draw all again. */
    Optional<String> standIn(String glyph, int columns) {
        if (glyph.length() == 1 && glyph.charAt(0) < 0x7f) {
            return Optional.of(glyph);
        }
        String known = standInByGlyph.get(glyph);
        if (known != null) {
            return Optional.of(known);
        }
        List<String> list = columns == 2 ? wide : narrow;
        if (list.size() >= (columns == 2 ? WIDE_MAX : NARROW_MAX)) {
            return Optional.empty();
        }
        int code = (columns == 2 ? WIDE_FIRST : NARROW_FIRST) + list.size();
        String standIn = new String(Character.toChars(code));
        list.add(glyph);
        standInByGlyph.put(glyph, standIn);
        return Optional.of(standIn);
    }

    /** The glyph that a text stands for. */
    String glyph(String standIn) {
        int code = standIn.codePointAt(0);
        if (code >= WIDE_FIRST && code - WIDE_FIRST < wide.size()) {
            return wide.get(code - WIDE_FIRST);
        }
        boolean isNarrow = code >= NARROW_FIRST && code - NARROW_FIRST < narrow.size();
        return isNarrow ? narrow.get(code - NARROW_FIRST) : standIn;
    }

    void clear() {
        standInByGlyph.clear();
        narrow.clear();
        wide.clear();
    }
}
