package dev.kalends.journal;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.Map;

/**
 * Reads the fields of one protobuf message: {@link #next()} goes to a field, then exactly one of the reading methods
 * or {@link #skip()} takes its value. Every method throws {@link StoreException} when the bytes are not such a message.
 */
public final class FieldReader {
    /** The field that every message keeps for its version; absent means 1. */
    public static final int VERSION_FIELD = 15;
    /** The record version that this build writes and reads. */
    public static final int VERSION = 1;

    private final CodedInputStream in;
    private Texts texts = Texts.PLAIN;
    private int tag;

    public FieldReader(byte[] bytes) {
        in = CodedInputStream.newInstance(bytes);
    }

    /** From now on reads texts as a store's rows have them. */
    FieldReader packed() {
        texts = Texts.PACKED;
        return this;
    }

    /** Whether there is another field. */
    public boolean next() {
        try {
            tag = in.readTag();
            while (tag != 0 && field() == VERSION_FIELD) {
                checkVersion(number());
                tag = in.readTag();
            }
            return tag != 0;
        } catch (IOException e) {
            throw damaged(e);
        }
    }

    public int field() {
        return WireFormat.getTagFieldNumber(tag);
    }

    public long number() {
        require(WireFormat.WIRETYPE_VARINT);
        try {
            return in.readUInt64();
        } catch (IOException e) {
            throw damaged(e);
        }
    }

    /** A number that must fit an int. */
    public int small() {
        long value = number();
        if (value != (int) value) {
            throw damaged("a number is out of range; field=" + field() + " value=" + value);
        }
        return (int) value;
    }

    public long signed() {
        require(WireFormat.WIRETYPE_VARINT);
        try {
            return in.readSInt64();
        } catch (IOException e) {
            throw damaged(e);
        }
    }

    public long fixed() {
        require(WireFormat.WIRETYPE_FIXED64);
        try {
            return in.readFixed64();
        } catch (IOException e) {
            throw damaged(e);
        }
    }

    public boolean mark() {
        return number() != 0;
    }

    public String text() {
        require(WireFormat.WIRETYPE_LENGTH_DELIMITED);
        try {
            return texts == Texts.PACKED ? PackedText.text(in.readByteArray()) : in.readStringRequireUtf8();
        } catch (IOException e) {
            throw damaged(e);
        }
    }

    public byte[] bytes() {
        require(WireFormat.WIRETYPE_LENGTH_DELIMITED);
        try {
            return in.readByteArray();
        } catch (IOException e) {
            throw damaged(e);
        }
    }

    public FieldReader message() {
        FieldReader message = new FieldReader(bytes());
        message.texts = texts;
        return message;
    }

    /** Reads one entry of a map. */
    public void entry(Map<String, String> into) {
        FieldReader entry = message();
        String key = "";
        String value = "";
        while (entry.next()) {
            switch (entry.field()) {
                case 1 -> key = entry.text();
                case 2 -> value = entry.text();
                default -> entry.skip();
            }
        }
        into.put(key, value);
    }

    /** Passes over a field that this build does not know. */
    public void skip() {
        try {
            if (!in.skipField(tag)) {
                throw damaged("a group ends that did not begin; field=" + field());
            }
        } catch (IOException e) {
            throw damaged(e);
        }
    }

    private void require(int wireType) {
        if (WireFormat.getTagWireType(tag) != wireType) {
            throw damaged("a field has another type; field=" + field() + " wireType=" + WireFormat.getTagWireType(tag));
        }
    }

    private static void checkVersion(long version) {
        if (version > VERSION || version < 1) {
            throw new StoreException(
                    StoreException.Kind.NEWER,
                    "a record was written by a newer version of Kalends: start that version again; recordVersion="
                            + version + " known=" + VERSION);
        }
    }

    /** What is thrown for bytes that are no such message. */
    public static StoreException damaged(String message) {
        return new StoreException(StoreException.Kind.DAMAGED, message);
    }

    private static StoreException damaged(IOException cause) {
        return new StoreException(
                StoreException.Kind.DAMAGED, "a record is damaged; cause=" + cause.getMessage(), cause);
    }
}
