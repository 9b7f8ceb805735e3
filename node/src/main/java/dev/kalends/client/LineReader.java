package dev.kalends.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Reads lines of bytes with a limit. A longer line is read to its end and cut. */
final class LineReader {
    private final InputStream in;
    private final int bytesMax;
    private final byte[] buffer = new byte[16 * 1024];
    private int from;
    private int to;
    private boolean cut;

    LineReader(InputStream in, int bytesMax) {
        this.in = in;
        this.bytesMax = bytesMax;
    }

    /** The next line without its end; empty when there is none left. */
    Optional<byte[]> next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(256);
        cut = false;
        boolean any = false;
        while (true) {
            if (from == to) {
                from = 0;
                to = Math.max(0, in.read(buffer));
                if (to == 0) {
                    return any ? Optional.of(line.toByteArray()) : Optional.empty();
                }
            }
            any = true;
            int end = from;
            while (end < to && buffer[end] != '\n') {
                end++;
            }
            int room = Math.min(end - from, bytesMax - line.size());
            line.write(buffer, from, room);
            cut |= room < end - from;
            from = Math.min(end + 1, to);
            if (end < to) {
                return Optional.of(line.toByteArray());
            }
        }
    }

    /** Whether the last line was longer than the limit. */
    boolean wasCut() {
        return cut;
    }
}
