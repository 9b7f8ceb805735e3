package dev.kalends.api;

/**
 * Finds halves of surrogate pairs in JSON text. They are no characters: they could be read and stored, but never
 * written again.
 */
final class Surrogates {
    private static final int NONE = -1;

    private Surrogates() {}

    /** Whether there is one, as an escape or as raw bytes. */
    static boolean anyLone(byte[] json) {
        int i = 0;
        while (i < json.length) {
            if (json[i] == (byte) 0xed && i + 1 < json.length && (json[i + 1] & 0xff) >= 0xa0) {
                return true;
            }
            if (json[i] != '\\') {
                i++;
                continue;
            }
            int unit = escapedUnit(json, i);
            if (unit == NONE || !Character.isSurrogate((char) unit)) {
                i += 2;
                continue;
            }
            int next = escapedUnit(json, i + 6);
            if (next == NONE || !Character.isSurrogatePair((char) unit, (char) next)) {
                return true;
            }
            i += 12;
        }
        return false;
    }

    /** The UTF-16 unit of the escape that starts at {@code at}, or {@link #NONE}. */
    private static int escapedUnit(byte[] json, int at) {
        if (at + 6 > json.length || json[at] != '\\' || json[at + 1] != 'u') {
            return NONE;
        }
        int unit = 0;
        for (int i = at + 2; i < at + 6; i++) {
            int digit = Character.digit(json[i], 16);
            if (digit < 0) {
                return NONE;
            }
            unit = unit * 16 + digit;
        }
        return unit;
    }
}
