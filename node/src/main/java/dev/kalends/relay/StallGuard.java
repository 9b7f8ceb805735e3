package dev.kalends.relay;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A stream that ends when nothing of it comes for a time: its reader would wait for ever for a node that froze. A
 * virtual thread looks, until the stream is closed.
 */
final class StallGuard extends FilterInputStream {
    private static final long LOOKS = 10;

    private volatile long taken;
    private volatile boolean closed;

    private StallGuard(InputStream in) {
        super(in);
    }

    /** Guards a stream from now on. */
    static StallGuard of(InputStream in, long stallMs) {
        StallGuard guard = new StallGuard(in);
        Thread.ofVirtual().name("stall-guard").start(() -> guard.watch(stallMs));
        return guard;
    }

    private void watch(long stallMs) {
        long seen = -1;
        int same = 0;
        while (!closed && same < LOOKS) {
            same = taken == seen ? same + 1 : 0;
            seen = taken;
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(stallMs) / LOOKS);
        }
        if (!closed) {
            try {
                in.close();
            } catch (IOException e) {
                // Whoever reads it learns that it has ended.
            }
        }
    }

    @Override
    public int read() throws IOException {
        int read = in.read();
        count(read < 0 ? 0 : 1);
        return read;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int read = in.read(into, offset, length);
        count(Math.max(0, read));
        return read;
    }

    /** Only the reader writes it. */
    private void count(int bytes) {
        long before = taken;
        taken = before + bytes;
    }

    @Override
    public void close() throws IOException {
        closed = true;
        super.close();
    }
}
