package dev.kalends.relay;

import dev.kalends.journal.Change;
import dev.kalends.journal.Codec;
import dev.kalends.journal.Dump;
import dev.kalends.journal.Dump.Part;
import dev.kalends.journal.EnumCode;
import dev.kalends.journal.FieldReader;
import dev.kalends.journal.FieldWriter;
import dev.kalends.journal.StoreException;
import dev.kalends.journal.StoreReader;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A dump on its way from one node to another: each change after its length in 4 bytes, then a length of 0 and the
 * position of the snapshot in 8. What ends otherwise is not whole, and reading it throws {@link IOException}.
 */
public final class DumpFrames {
    /** Longest encoding of what is asked for. */
    public static final int QUESTION_BYTES_MAX = 1_024;

    private static final String DUMP = "dump";
    private static final EnumCode<Part> PART = new EnumCode<>(Part.class, Part.SPECS, Part.HISTORY, Part.STATE);

    private DumpFrames() {}

    /** What is asked for, as bytes. */
    public static byte[] encode(Dump dump) {
        FieldWriter out = new FieldWriter();
        for (Part part : Part.values()) {
            if (dump.parts().contains(part)) {
                out.presentNumber(1, PART.code(part));
            }
        }
        out.number(2, dump.historyMax());
        return Message.bounded(out, QUESTION_BYTES_MAX, DUMP);
    }

    /** What is asked for. */
    public static Dump decode(byte[] bytes) {
        return Message.read(bytes, QUESTION_BYTES_MAX, DUMP, in -> {
            Set<Part> parts = EnumSet.noneOf(Part.class);
            long historyMax = 0;
            while (in.next()) {
                switch (in.field()) {
                    case 1 -> parts.add(PART.read(in));
                    case 2 -> historyMax = in.number();
                    default -> in.skip();
                }
            }
            if (parts.isEmpty()) {
                throw FieldReader.damaged("a dump has parts; parts=0");
            }
            return new Dump(parts, historyMax);
        });
    }

    /** Writes all of a dump; who reads slowly is waited for. */
    public static void write(Dump dump, StoreReader reader, OutputStream to) throws IOException {
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(to));
        try {
            long position = reader.dump(dump, change -> frame(out, Codec.encode(change)));
            out.writeInt(0);
            out.writeLong(position);
        } catch (UncheckedIOException e) {
            throw new IOException("whoever takes the dump has gone", e);
        }
        out.flush();
    }

    private static void frame(DataOutputStream out, byte[] change) {
        try {
            out.writeInt(change.length);
            out.write(change);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads all of a dump; returns the position of its snapshot. */
    static long read(InputStream from, Consumer<Change> sink) throws IOException {
        DataInputStream in = new DataInputStream(new BufferedInputStream(from));
        while (true) {
            int length = in.readInt();
            if (length == 0) {
                return in.readLong();
            }
            if (length < 0 || length > Codec.RECORD_BYTES_MAX) {
                throw new IOException("a change of a dump has no such length; bytes=" + length);
            }
            byte[] change = new byte[length];
            in.readFully(change);
            sink.accept(decoded(change));
        }
    }

    private static Change decoded(byte[] change) throws IOException {
        try {
            return Codec.decodeChange(change);
        } catch (StoreException e) {
            throw new IOException("a change of a dump cannot be read: " + e.getMessage(), e);
        }
    }
}
