package dev.kalends.server;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/** Cuts a stream into lines of bounded length; what is longer is skipped, not kept. Not thread-safe. */
final class LineReader {
    private static final int BUFFER_BYTES = 64 * 1024;

    private final InputStream in;
    private final int lineBytesMax;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int at;
    private int end;
    private byte[] line = new byte[1024];

    LineReader(InputStream in, int lineBytesMax) {
        this.in = in;
        this.lineBytesMax = lineBytesMax;
    }

    /** A line without its end. */
    sealed interface Line {
        record Whole(byte[] bytes) implements Line {}

        /** Longer than allowed; its bytes are gone. */
        record TooLong(long bytes) implements Line {}
    }

    /** The next line; empty at the end of the stream. A last line without an end counts if it has any byte. */
    Optional<Line> next() throws IOException {
        int length = 0;
        long dropped = 0;
        while (true) {
            if (at == end) {
                end = in.read(buffer, 0, buffer.length);
                at = 0;
                if (end <= 0) {
                    end = 0;
                    return length + dropped == 0 ? Optional.empty() : Optional.of(line(length, dropped));
                }
            }
            int newline = at;
            while (newline < end && buffer[newline] != '\n') {
                newline++;
            }
            int bytes = newline - at;
            if (dropped == 0 && length + bytes <= lineBytesMax) {
                append(bytes, length);
                length += bytes;
            } else {
                dropped += bytes + (long) length;
                length = 0;
            }
            at = newline;
            if (newline < end) {
                at++;
                return Optional.of(line(length, dropped));
            }
        }
    }

    private Line line(int length, long dropped) {
        if (dropped > 0) {
            return new Line.TooLong(dropped);
        }
        int whole = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
        return new Line.Whole(Arrays.copyOf(line, whole));
    }

    private void append(int bytes, int length) {
        if (length + bytes > line.length) {
            line = Arrays.copyOf(line, Math.min(lineBytesMax, Math.max(length + bytes, line.length * 2)));
        }
        System.arraycopy(buffer, at, line, length, bytes);
    }
}
