package dev.kalends.kafka;

import dev.kalends.job.RunId;
import dev.kalends.journal.Change;
import dev.kalends.journal.Codec;
import dev.kalends.journal.StoreException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/**
 * The records of the output topic. The key is a run, as its removal by {@link Codec}; the value a version byte, the
 * node that wrote it (8 bytes of chance), the attempt (4), the offset (8) and the output itself.
 */
final class OutputRecords {
    private static final byte VERSION = 1;
    private static final int HEAD_BYTES = 1 + Long.BYTES + Integer.BYTES + Long.BYTES;

    private OutputRecords() {}

    /** A stretch of an attempt's output. */
    record Stretch(long writer, RunId run, int attempt, long offset, byte[] bytes) {}

    static byte[] key(RunId run) {
        return Codec.encode(new Change.RemoveRun(run));
    }

    static byte[] value(Stretch stretch) {
        return ByteBuffer.allocate(HEAD_BYTES + stretch.bytes().length)
                .put(VERSION)
                .putLong(stretch.writer())
                .putInt(stretch.attempt())
                .putLong(stretch.offset())
                .put(stretch.bytes())
                .array();
    }

    /** Reads a record; throws {@link StoreException} when it is none. */
    static Stretch read(byte[] key, byte[] value) {
        try {
            ByteBuffer rest = ByteBuffer.wrap(value);
            if (rest.get() != VERSION || !(Codec.decodeChange(key) instanceof Change.RemoveRun named)) {
                throw new StoreException(StoreException.Kind.NEWER, "output of another version; known=" + VERSION);
            }
            long writer = rest.getLong();
            int attempt = rest.getInt();
            long offset = rest.getLong();
            byte[] bytes = new byte[rest.remaining()];
            rest.get(bytes);
            return new Stretch(writer, named.id(), attempt, offset, bytes);
        } catch (BufferUnderflowException e) {
            throw new StoreException(StoreException.Kind.DAMAGED, "output that is too short", e);
        }
    }
}
