package dev.kalends.journal;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Texts of a store's rows, in which digits take half a byte. Names, keys and arguments are full of numbers and UUIDs.
 *
 * <p>A packed text is UTF-8 with bytes in between that UTF-8 never has: 0xf5 to 0xfe say that 3 to 12 bytes follow,
 * each two digits of {@code 0-9a-f}; 0xff that 16 follow, which are a UUID with its four hyphens. A text without them
 * is itself. Only texts of ASCII are packed.
 */
final class PackedText {
    private static final int PAIRS_LEAST = 3;
    private static final int PAIRS_MOST = 12;
    private static final int MARK_PAIRS = 0xf5;
    private static final int MARK_UUID = 0xff;
    private static final int UUID_BYTES = 16;
    private static final int UUID_TEXT = 36;
    /** How many digits stand before each of a UUID's hyphens, and behind the last. */
    private static final int[] UUID_PARTS = {8, 4, 4, 4, 12};

    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte NO_DIGIT = -1;
    private static final byte[] VALUES = new byte[0x80];

    static {
        Arrays.fill(VALUES, NO_DIGIT);
        for (byte i = 0; i < DIGITS.length; i++) {
            VALUES[DIGITS[i]] = i;
        }
    }

    private PackedText() {}

    /**
     * Packs a text into an array that has a byte for each of its characters.
     *
     * @return where it ends there; -1 when the text is not of ASCII
     */
    static int pack(String text, byte[] into, int start) {
        int at = start;
        int next = 0;
        int digits = 0;
        while (next < text.length()) {
            char character = text.charAt(next++);
            if (character >= 0x80) {
                return -1;
            }
            into[at++] = (byte) character;
            if (VALUES[character] != NO_DIGIT) {
                digits++;
                continue;
            }
            int first = next - 1 - digits;
            if (digits == UUID_PARTS[0] && isUuid(text, first)) {
                at = packUuid(text, first, into, at - 1 - digits);
                next = first + UUID_TEXT;
            } else if (digits >= 2 * PAIRS_LEAST) {
                at = packDigits(text, first, digits, into, at - 1 - digits);
                into[at++] = (byte) character;
            }
            digits = 0;
        }
        return packDigits(text, next - digits, digits, into, at - digits);
    }

    /** Packs a run of digits, however long it is. */
    private static int packDigits(String text, int first, int digits, byte[] into, int start) {
        int at = start;
        int next = first;
        int end = first + digits;
        while (end - next >= 2 * PAIRS_LEAST) {
            int pairs = Math.min((end - next) / 2, PAIRS_MOST);
            into[at++] = (byte) (MARK_PAIRS + pairs - PAIRS_LEAST);
            at = packPairs(text, next, pairs, into, at);
            next += 2 * pairs;
        }
        while (next < end) {
            into[at++] = (byte) text.charAt(next++);
        }
        return at;
    }

    private static boolean isDigit(char character) {
        return character < VALUES.length && VALUES[character] != NO_DIGIT;
    }

    private static boolean isUuid(String text, int from) {
        if (text.length() - from < UUID_TEXT) {
            return false;
        }
        int at = from;
        for (int part : UUID_PARTS) {
            for (int end = at + part; at < end; at++) {
                if (!isDigit(text.charAt(at))) {
                    return false;
                }
            }
            if (at < from + UUID_TEXT && text.charAt(at++) != '-') {
                return false;
            }
        }
        return true;
    }

    private static int packUuid(String text, int from, byte[] into, int start) {
        into[start] = (byte) MARK_UUID;
        int at = start + 1;
        int next = from;
        for (int part : UUID_PARTS) {
            at = packPairs(text, next, part / 2, into, at);
            next += part + 1;
        }
        return at;
    }

    private static int packPairs(String text, int from, int pairs, byte[] into, int start) {
        for (int i = 0; i < pairs; i++) {
            int high = VALUES[text.charAt(from + 2 * i)];
            int low = VALUES[text.charAt(from + 2 * i + 1)];
            into[start + i] = (byte) (high << 4 | low);
        }
        return start + pairs;
    }

    /** The text of some bytes, packed or not; throws {@link StoreException} when they are neither. */
    static String text(byte[] bytes) {
        int marks = 0;
        boolean ascii = true;
        for (byte one : bytes) {
            ascii &= one >= 0;
            marks += isMark(one) ? 1 : 0;
        }
        if (ascii) {
            return new String(bytes, StandardCharsets.US_ASCII);
        }
        return marks > 0 ? unpacked(bytes) : utf8(bytes);
    }

    private static boolean isMark(byte one) {
        return one < 0 && (one & 0xff) >= MARK_PAIRS;
    }

    private static String utf8(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            StoreException damaged = FieldReader.damaged("a text is not UTF-8");
            damaged.addSuppressed(e);
            throw damaged;
        }
    }

    private static String unpacked(byte[] bytes) {
        StringBuilder text = new StringBuilder(3 * bytes.length);
        int next = 0;
        while (next < bytes.length) {
            byte one = bytes[next++];
            if (one >= 0) {
                text.append((char) one);
                continue;
            }
            int pairs = (one & 0xff) == MARK_UUID ? UUID_BYTES : (one & 0xff) - MARK_PAIRS + PAIRS_LEAST;
            if (!isMark(one) || pairs > bytes.length - next) {
                throw FieldReader.damaged("a packed text is damaged; at=" + (next - 1) + " bytes=" + bytes.length);
            }
            int start = text.length();
            for (int end = next + pairs; next < end; next++) {
                text.append((char) DIGITS[bytes[next] >>> 4 & 0xf]).append((char) DIGITS[bytes[next] & 0xf]);
            }
            if (pairs == UUID_BYTES) {
                hyphenate(text, start);
            }
        }
        return text.toString();
    }

    private static void hyphenate(StringBuilder text, int from) {
        int at = from;
        for (int i = 0; i < UUID_PARTS.length - 1; i++) {
            at += UUID_PARTS[i];
            text.insert(at++, '-');
        }
    }
}
