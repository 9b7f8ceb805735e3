package dev.kalends.api;

import io.avaje.json.JsonDataException;
import io.avaje.json.JsonReader;
import io.avaje.json.PropertyNames;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON (RFC 8259, strictly) from bytes that are all there, for the generated adapters.
 *
 * <p>The library's own reader refuses texts of more than 32 KiB, whatever its settings; a command may have 128 KiB and
 * a body 256 KiB. Texts here are as long as the bytes are, so whoever reads the bytes bounds them.
 */
final class BytesReader implements JsonReader {
    private static final int DEPTH_MAX = 1_000;
    private static final String ESCAPES = "\"\\/bfnrt";
    private static final String ESCAPED = "\"\\/\b\f\n\r\t";

    private final byte[] json;
    private final Unknown unknown;
    private int at;
    /** Whether nothing of the innermost object or array was read yet. */
    private boolean first;

    /** What becomes of a field that the record does not have. */
    enum Unknown {
        REFUSED,
        SKIPPED
    }

    BytesReader(byte[] json, Unknown unknown) {
        this.json = json;
        this.unknown = unknown;
    }

    /** Refuses anything but blanks after the value. */
    void requireEnd() {
        if (peek() >= 0) {
            throw wrong("more after the end of the JSON object");
        }
    }

    @Override
    public void beginArray() {
        expect('[');
        first = true;
    }

    @Override
    public void endArray() {
        expect(']');
        first = false;
    }

    @Override
    public boolean hasNextElement() {
        return more(']');
    }

    @Override
    public void beginObject(PropertyNames names) {
        beginObject();
    }

    @Override
    public void beginObject() {
        expect('{');
        first = true;
    }

    @Override
    public void endObject() {
        expect('}');
        first = false;
    }

    @Override
    public boolean hasNextField() {
        return more('}');
    }

    private boolean more(char end) {
        boolean wasFirst = first;
        first = false;
        if (peek() == end) {
            return false;
        }
        if (!wasFirst) {
            expect(',');
        }
        return true;
    }

    @Override
    public String nextField() {
        String name = text();
        expect(':');
        return name;
    }

    @Override
    public boolean isNullValue() {
        return peek() == 'n' && word("null");
    }

    @Override
    public boolean readBoolean() {
        return switch (peek()) {
            case 't' -> word("true");
            case 'f' -> !word("false");
            default -> throw wrong("true or false is expected");
        };
    }

    @Override
    public int readInt() {
        long value = readLong();
        if (value != (int) value) {
            throw wrong("number out of range; number=" + value);
        }
        return (int) value;
    }

    @Override
    public long readLong() {
        if (isNullValue()) {
            return 0;
        }
        String number = number();
        try {
            return Long.parseLong(number);
        } catch (NumberFormatException e) {
            throw wrong("a whole number in range is expected");
        }
    }

    @Override
    public double readDouble() {
        return isNullValue() ? 0 : Double.parseDouble(number());
    }

    @Override
    public BigDecimal readDecimal() {
        return new BigDecimal(number());
    }

    @Override
    public BigInteger readBigInteger() {
        return new BigInteger(number());
    }

    @Override
    @SuppressWarnings("NullAway") // The library's interface is not annotated; its adapters expect null for null.
    public @Nullable String readString() {
        return isNullValue() ? null : text();
    }

    @Override
    public byte[] readBinary() {
        return Base64.getDecoder().decode(text());
    }

    @Override
    public String readRaw() {
        peek();
        int from = at;
        skipValue();
        return new String(json, from, at - from, StandardCharsets.UTF_8);
    }

    @Override
    public String location() {
        return "position=" + at;
    }

    @Override
    public Token currentToken() {
        return switch (peek()) {
            case '{' -> Token.BEGIN_OBJECT;
            case '[' -> Token.BEGIN_ARRAY;
            case '"' -> Token.STRING;
            case 't', 'f' -> Token.BOOLEAN;
            case 'n' -> Token.NULL;
            default -> Token.NUMBER;
        };
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        return type.cast(this);
    }

    @Override
    public void close() {}

    @Override
    public void unmappedField(String name) {
        if (unknown == Unknown.REFUSED) {
            throw new UnknownFieldException(name);
        }
    }

    @Override
    public void skipValue() {
        skip(0);
        first = false;
    }

    private void skip(int depth) {
        if (depth > DEPTH_MAX) {
            throw wrong("nested too deeply");
        }
        switch (peek()) {
            case '{' -> {
                beginObject();
                while (hasNextField()) {
                    nextField();
                    skip(depth + 1);
                }
                endObject();
            }
            case '[' -> {
                beginArray();
                while (hasNextElement()) {
                    skip(depth + 1);
                }
                endArray();
            }
            case '"' -> text();
            case 't', 'f' -> readBoolean();
            case 'n' -> word("null");
            default -> number();
        }
    }

    /** The next byte that is no blank, not consumed; -1 at the end. */
    private int peek() {
        while (at < json.length && (json[at] == ' ' || json[at] == '\n' || json[at] == '\r' || json[at] == '\t')) {
            at++;
        }
        return at < json.length ? json[at] & 0xff : -1;
    }

    private void expect(char wanted) {
        if (peek() != wanted) {
            throw wrong("'" + wanted + "' is expected");
        }
        at++;
    }

    private boolean word(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (at + i >= json.length || json[at + i] != word.charAt(i)) {
                throw wrong(word + " is expected");
            }
        }
        at += word.length();
        return true;
    }

    private String number() {
        peek();
        int from = at;
        at += at < json.length && json[at] == '-' ? 1 : 0;
        int whole = at;
        digits();
        if (at - whole > 1 && json[whole] == '0') {
            throw wrong("a number begins with no zero");
        }
        if (at < json.length && json[at] == '.') {
            at++;
            digits();
        }
        if (at < json.length && (json[at] == 'e' || json[at] == 'E')) {
            at++;
            at += at < json.length && (json[at] == '+' || json[at] == '-') ? 1 : 0;
            digits();
        }
        return new String(json, from, at - from, StandardCharsets.ISO_8859_1);
    }

    private void digits() {
        int from = at;
        while (at < json.length && json[at] >= '0' && json[at] <= '9') {
            at++;
        }
        if (at == from) {
            throw wrong("a number is expected");
        }
    }

    private String text() {
        expect('"');
        int from = at;
        boolean plain = true;
        while (at < json.length && json[at] != '"') {
            if (json[at] >= 0 && json[at] < ' ') {
                throw wrong("a text has no control characters");
            }
            plain &= json[at] > 0 && json[at] != '\\';
            at += json[at] == '\\' ? 2 : 1;
        }
        if (at >= json.length) {
            throw wrong("a text has no end");
        }
        int end = at++;
        return plain ? new String(json, from, end - from, StandardCharsets.ISO_8859_1) : decoded(from, end);
    }

    private String decoded(int from, int end) {
        StringBuilder text = new StringBuilder(end - from);
        int run = from;
        for (int i = from; i < end; i++) {
            if (json[i] == '\\') {
                text.append(utf8(run, i));
                int escape = ESCAPES.indexOf(json[i + 1]);
                if (escape >= 0) {
                    text.append(ESCAPED.charAt(escape));
                    i++;
                } else {
                    text.append(unit(i, end));
                    i += 5;
                }
                run = i + 1;
            }
        }
        return text.append(utf8(run, end)).toString();
    }

    private char unit(int escapeAt, int end) {
        int unit = 0;
        for (int i = escapeAt + 2; i < escapeAt + 6; i++) {
            int digit = i < end && json[escapeAt + 1] == 'u' ? Character.digit(json[i], 16) : -1;
            if (digit < 0) {
                at = escapeAt;
                throw wrong("no such escape");
            }
            unit = unit * 16 + digit;
        }
        return (char) unit;
    }

    private CharSequence utf8(int from, int to) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json, from, to - from));
        } catch (CharacterCodingException e) {
            throw wrong("not UTF-8");
        }
    }

    private JsonDataException wrong(String what) {
        return new JsonDataException(what + "; position=" + (at + 1));
    }
}
