package dev.kalends.kafka;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The records of ticket topics: a version byte and the partition, big-endian; the topic says the queue. */
final class TicketRecords {
    private static final byte VERSION = 1;

    private TicketRecords() {}

    static byte[] value(int partition) {
        return ByteBuffer.allocate(1 + Integer.BYTES)
                .put(VERSION)
                .putInt(partition)
                .array();
    }

    /** The partition in a record; -1 when it is no ticket. */
    static int partition(byte @Nullable [] value) {
        return value == null || value.length != 1 + Integer.BYTES || value[0] != VERSION
                ? -1
                : ByteBuffer.wrap(value, 1, Integer.BYTES).getInt();
    }
}
