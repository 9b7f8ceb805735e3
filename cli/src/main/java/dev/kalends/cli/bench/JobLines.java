package dev.kalends.cli.bench;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Enumeration;
import java.util.function.IntFunction;

/** Makes the lines of a bulk submit one chunk at a time, so that ten million of them need no memory. */
final class JobLines implements Enumeration<InputStream> {
    private static final int CHUNK = 4_096;

    private final int count;
    private final IntFunction<String> line;
    private int next;

    private JobLines(int count, IntFunction<String> line) {
        this.count = count;
        this.line = line;
    }

    static InputStream of(int count, IntFunction<String> line) {
        return count == 0 ? InputStream.nullInputStream() : new java.io.SequenceInputStream(new JobLines(count, line));
    }

    @Override
    public boolean hasMoreElements() {
        return next < count;
    }

    @Override
    public InputStream nextElement() {
        StringBuilder text = new StringBuilder(CHUNK * 64);
        for (int end = Math.min(count, next + CHUNK); next < end; next++) {
            text.append(line.apply(next)).append('\n');
        }
        return new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.UTF_8));
    }
}
