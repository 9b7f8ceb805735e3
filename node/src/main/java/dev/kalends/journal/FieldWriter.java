package dev.kalends.journal;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Writes the fields of one protobuf message. Values that equal their default cost nothing; methods named
 * {@code present…} write the field whatever its value, because there presence itself says something.
 */
public final class FieldWriter {
    private static final int FIRST_BYTES = 128;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(FIRST_BYTES);
    private final CodedOutputStream out = CodedOutputStream.newInstance(bytes, FIRST_BYTES);

    /** One write, which cannot fail in memory. */
    @FunctionalInterface
    private interface Write {
        void run() throws IOException;
    }

    public void number(int field, long value) {
        if (value != 0) {
            presentNumber(field, value);
        }
    }

    public void presentNumber(int field, long value) {
        write(() -> out.writeUInt64(field, value));
    }

    /** A number that is most often negative or small. */
    public void signed(int field, long value) {
        if (value != 0) {
            presentSigned(field, value);
        }
    }

    public void presentSigned(int field, long value) {
        write(() -> out.writeSInt64(field, value));
    }

    /** A number that is most often large, such as a hash. */
    public void fixed(int field, long value) {
        if (value != 0) {
            write(() -> out.writeFixed64(field, value));
        }
    }

    /** A flag that is set. */
    public void mark(int field) {
        write(() -> out.writeBool(field, true));
    }

    public void text(int field, String value) {
        if (!value.isEmpty()) {
            presentText(field, value);
        }
    }

    public void presentText(int field, String value) {
        write(() -> out.writeString(field, value));
    }

    public void text(int field, Optional<String> value) {
        value.ifPresent(text -> presentText(field, text));
    }

    public void message(int field, byte[] message) {
        write(() -> out.writeByteArray(field, message));
    }

    public void message(int field, FieldWriter message) {
        message(field, message.toBytes());
    }

    /** A map, as entries in the order of their keys: equal maps are equal bytes. */
    public void entries(int field, Map<String, String> entries) {
        if (entries.isEmpty()) {
            return;
        }
        new TreeMap<>(entries).forEach((key, value) -> {
            FieldWriter entry = new FieldWriter();
            entry.text(1, key);
            entry.text(2, value);
            message(field, entry);
        });
    }

    public byte[] toBytes() {
        write(out::flush);
        return bytes.toByteArray();
    }

    private static void write(Write write) {
        try {
            write.run();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
    }
}
