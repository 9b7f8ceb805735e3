package dev.kalends.cli.bench;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;

/** The lines of a bulk submit, made a piece at a time while they are read, so that ten million need no memory. */
final class JobLines extends InputStream {
    private static final int PIECE_LINES = 4_096;

    private final int count;
    private final IntFunction<String> line;
    private int next;
    private byte[] piece = new byte[0];
    private int read;

    private JobLines(int count, IntFunction<String> line) {
        this.count = count;
        this.line = line;
    }

    static InputStream of(int count, IntFunction<String> line) {
        return new JobLines(count, line);
    }

    @Override
    public int read() {
        return filled() ? piece[read++] & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        if (!filled()) {
            return -1;
        }
        int taken = Math.min(length, piece.length - read);
        System.arraycopy(piece, read, into, offset, taken);
        read += taken;
        return taken;
    }

    private boolean filled() {
        if (read == piece.length && next < count) {
            StringBuilder text = new StringBuilder(PIECE_LINES * 64);
            for (int end = Math.min(count, next + PIECE_LINES); next < end; next++) {
                text.append(line.apply(next)).append('\n');
            }
            piece = text.toString().getBytes(StandardCharsets.UTF_8);
            read = 0;
        }
        return read < piece.length;
    }
}
