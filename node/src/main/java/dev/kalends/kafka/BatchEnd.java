package dev.kalends.kafka;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import dev.kalends.journal.StoreException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * What stands in the record that ends a batch, or that is a barrier: a protobuf message of the fields 1 to 4 in this
 * order, and 15 for its version (absent = 1). Unknown fields are passed over.
 *
 * @param epoch the writer's epoch; 0 in a barrier, whose position is the epoch
 * @param writtenMs wall clock of the writer
 * @param nextHistory the number of the next line of history; 0 in a barrier, whose writer does not know it yet
 * @param decidedThroughMs what the batch says of the agenda, as {@link dev.kalends.journal.Batch} has it
 */
record BatchEnd(long epoch, long writtenMs, long nextHistory, long decidedThroughMs) {
    private static final int VERSION_FIELD = 15;
    private static final int VERSION = 1;
    private static final int BYTES = 48;

    byte[] encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(BYTES);
        try {
            CodedOutputStream out = CodedOutputStream.newInstance(bytes, BYTES);
            out.writeUInt64(1, epoch);
            out.writeUInt64(2, writtenMs);
            out.writeUInt64(3, nextHistory);
            if (decidedThroughMs >= 0) {
                out.writeUInt64(4, decidedThroughMs + 1);
            }
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    /** Reads one; throws {@link StoreException} of kind DAMAGED or NEWER. */
    static BatchEnd read(byte[] bytes) {
        CodedInputStream in = CodedInputStream.newInstance(bytes);
        long epoch = 0;
        long writtenMs = 0;
        long nextHistory = 0;
        long decidedThroughMs = -1;
        try {
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                switch (WireFormat.getTagFieldNumber(tag)) {
                    case 1 -> epoch = in.readUInt64();
                    case 2 -> writtenMs = in.readUInt64();
                    case 3 -> nextHistory = in.readUInt64();
                    case 4 -> decidedThroughMs = in.readUInt64() - 1;
                    case VERSION_FIELD -> checkVersion(in.readUInt64());
                    default -> in.skipField(tag);
                }
            }
        } catch (IOException e) {
            throw new StoreException(
                    StoreException.Kind.DAMAGED, "the end of a batch is damaged; cause=" + e.getMessage(), e);
        }
        return new BatchEnd(epoch, writtenMs, nextHistory, decidedThroughMs);
    }

    private static void checkVersion(long version) {
        if (version != VERSION) {
            throw new StoreException(
                    StoreException.Kind.NEWER,
                    "the journal was written by a newer version of Kalends: start that version again; recordVersion="
                            + version + " known=" + VERSION);
        }
    }
}
