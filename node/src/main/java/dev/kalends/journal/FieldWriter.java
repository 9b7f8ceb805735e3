package dev.kalends.journal;

import com.google.protobuf.WireFormat;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Writes the fields of one protobuf message. Values that equal their default cost nothing; methods named
 * {@code present…} write the field whatever its value, because there presence itself says something.
 *
 * <p>It writes into an array of its own: a spec is a dozen short fields, and a stream with a buffer and its exceptions
 * costs more than they do.
 */
public final class FieldWriter {
    private static final int FIRST_BYTES = 128;
    /** The longest number: 64 bits, seven a byte. */
    private static final int NUMBER_BYTES_MAX = 10;

    private static final int TAG_TYPE_BITS = 3;
    /** Texts below this have a length of one byte, and are copied character by character. */
    private static final int SHORT_TEXT = 0x80;

    private final Texts texts;
    private byte[] bytes = new byte[FIRST_BYTES];
    private int length;

    public FieldWriter() {
        this(Texts.PLAIN);
    }

    FieldWriter(Texts texts) {
        this.texts = texts;
    }

    /** A writer for a message within this one. */
    FieldWriter nested() {
        return new FieldWriter(texts);
    }

    public void number(int field, long value) {
        if (value != 0) {
            presentNumber(field, value);
        }
    }

    public void presentNumber(int field, long value) {
        tag(field, WireFormat.WIRETYPE_VARINT);
        varint(value);
    }

    /** A number that is most often negative or small. */
    public void signed(int field, long value) {
        if (value != 0) {
            presentSigned(field, value);
        }
    }

    public void presentSigned(int field, long value) {
        presentNumber(field, (value << 1) ^ (value >> 63));
    }

    /** A number that is most often large, such as a hash. */
    public void fixed(int field, long value) {
        if (value != 0) {
            presentFixed(field, value);
        }
    }

    public void presentFixed(int field, long value) {
        tag(field, WireFormat.WIRETYPE_FIXED64);
        reserve(Long.BYTES);
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            bytes[length++] = (byte) (value >>> shift);
        }
    }

    /** A flag that is set. */
    public void mark(int field) {
        presentNumber(field, 1);
    }

    public void text(int field, String value) {
        if (!value.isEmpty()) {
            presentText(field, value);
        }
    }

    public void presentText(int field, String value) {
        int characters = value.length();
        tag(field, WireFormat.WIRETYPE_LENGTH_DELIMITED);
        if (characters < SHORT_TEXT && shortText(value, characters)) {
            return;
        }
        byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
        bytes(encoded, encoded.length);
    }

    /** Writes a short text with its length; false, and nothing written, when a character is not of ASCII. */
    private boolean shortText(String value, int characters) {
        reserve(characters + 1);
        int start = length + 1;
        int end = texts == Texts.PACKED ? PackedText.pack(value, bytes, start) : ascii(value, start);
        if (end < 0) {
            return false;
        }
        bytes[length] = (byte) (end - start);
        length = end;
        return true;
    }

    private int ascii(String value, int start) {
        int at = start;
        for (int i = 0; i < value.length(); i++) {
            char character = value.charAt(i);
            if (character >= 0x80) {
                return -1;
            }
            bytes[at++] = (byte) character;
        }
        return at;
    }

    public void text(int field, Optional<String> value) {
        value.ifPresent(text -> presentText(field, text));
    }

    public void message(int field, byte[] message) {
        message(field, message, message.length);
    }

    public void message(int field, FieldWriter message) {
        message(field, message.bytes, message.length);
    }

    /** A map, as entries in the order of their keys: equal maps are equal bytes. */
    public void entries(int field, Map<String, String> entries) {
        if (entries.isEmpty()) {
            return;
        }
        new TreeMap<>(entries).forEach((key, value) -> {
            FieldWriter entry = nested();
            entry.text(1, key);
            entry.text(2, value);
            message(field, entry);
        });
    }

    /** Begins another message in the same array. */
    void begin() {
        length = 0;
    }

    public byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    private void message(int field, byte[] from, int count) {
        tag(field, WireFormat.WIRETYPE_LENGTH_DELIMITED);
        bytes(from, count);
    }

    private void bytes(byte[] from, int count) {
        varint(count);
        reserve(count);
        System.arraycopy(from, 0, bytes, length, count);
        length += count;
    }

    private void tag(int field, int wireType) {
        varint((long) field << TAG_TYPE_BITS | wireType);
    }

    private void varint(long value) {
        reserve(NUMBER_BYTES_MAX);
        if ((value & ~0x7fL) == 0) {
            bytes[length++] = (byte) value;
            return;
        }
        long left = value;
        while ((left & ~0x7fL) != 0) {
            bytes[length++] = (byte) (left | 0x80);
            left >>>= 7;
        }
        bytes[length++] = (byte) left;
    }

    private void reserve(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, 2 * bytes.length));
        }
    }
}
