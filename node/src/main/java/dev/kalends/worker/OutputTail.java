package dev.kalends.worker;

import dev.kalends.job.Limits;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The last {@link Limits#OUTPUT_BYTES_MAX} bytes of an execution's output, in a ring that grows as needed. Thread-safe:
 * one thread writes, others read; writing never waits for readers.
 */
final class OutputTail {
    private static final int FIRST_BYTES = 1024;

    private byte[] ring = new byte[FIRST_BYTES];
    private long written;

    /** A piece of output that begins at an offset. */
    record Piece(long offset, byte[] bytes) {
        long end() {
            return offset + bytes.length;
        }
    }

    synchronized void write(byte[] bytes, int from, int length) {
        int kept = Math.min(length, Limits.OUTPUT_BYTES_MAX);
        grow(kept);
        written += length - kept;
        int start = from + length - kept;
        int at = (int) (written % ring.length);
        int first = Math.min(kept, ring.length - at);
        System.arraycopy(bytes, start, ring, at, first);
        System.arraycopy(bytes, start + first, ring, 0, kept - first);
        written += kept;
    }

    /** Bytes written in all. */
    synchronized long written() {
        return written;
    }

    /** What is still there from an offset on, at most so many bytes. */
    synchronized Piece read(long offset, int bytesMax) {
        long from = Math.max(offset, written - Math.min(written, ring.length));
        int length = (int) Math.min(bytesMax, written - from);
        if (length <= 0) {
            return new Piece(from, new byte[0]);
        }
        byte[] bytes = new byte[length];
        int at = (int) (from % ring.length);
        int first = Math.min(length, ring.length - at);
        System.arraycopy(ring, at, bytes, 0, first);
        System.arraycopy(ring, 0, bytes, first, length - first);
        return new Piece(from, bytes);
    }

    /** The last line that says something, as plain text; empty when there is none. */
    String lastLine() {
        Piece end = read(Math.max(0, written() - 2L * Limits.ERROR_BYTES_MAX), 2 * Limits.ERROR_BYTES_MAX);
        String[] lines = new String(end.bytes(), StandardCharsets.UTF_8).split("[\n\r]", -1);
        for (int i = lines.length - 1; i >= 0; i--) {
            String plain = PlainText.of(lines[i]).strip();
            if (!plain.isEmpty()) {
                return plain;
            }
        }
        return "";
    }

    /** The first line of what is kept that says something, as plain text; empty when there is none. */
    String firstLine() {
        Piece begin = read(0, 2 * Limits.ERROR_BYTES_MAX);
        return new String(begin.bytes(), StandardCharsets.UTF_8)
                .lines()
                .map(line -> PlainText.of(line).strip())
                .filter(line -> !line.isEmpty())
                .findFirst()
                .orElse("");
    }

    /** Makes room for more, while the ring has not wrapped: then offsets still equal positions. */
    private void grow(int more) {
        long needed = written + more;
        if (ring.length < Limits.OUTPUT_BYTES_MAX && needed > ring.length) {
            long doubled = Math.max(needed, 2L * ring.length);
            int size = doubled >= Limits.OUTPUT_BYTES_MAX / 2 ? Limits.OUTPUT_BYTES_MAX : (int) doubled;
            ring = Arrays.copyOf(ring, size);
        }
    }
}
