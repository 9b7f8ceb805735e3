package dev.kalends.cli.shell;

import java.io.IOException;
import java.io.OutputStream;

/** A stream on which a command that was interrupted says nothing any more. */
final class Muzzle extends OutputStream {
    private final OutputStream stream;
    private volatile boolean closed;

    Muzzle(OutputStream stream) {
        this.stream = stream;
    }

    /** What is written from now on goes nowhere. */
    void shut() {
        closed = true;
    }

    @Override
    public void write(int b) throws IOException {
        if (!closed) {
            stream.write(b);
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (!closed) {
            stream.write(bytes, offset, length);
        }
    }

    @Override
    public void flush() throws IOException {
        if (!closed) {
            stream.flush();
        }
    }
}
