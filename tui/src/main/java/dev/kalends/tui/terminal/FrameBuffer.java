package dev.kalends.tui.terminal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Gathers what a frame writes and hands it on in one write, between the two sequences by which terminals that know them
 * show it all at once. Closed for good, it swallows everything: the terminal is no longer ours.
 */
final class FrameBuffer extends OutputStream {
    private static final byte[] BEGIN = "\u001b[?2026h".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "\u001b[?2026l".getBytes(StandardCharsets.US_ASCII);

    private final OutputStream terminal;
    private final ByteArrayOutputStream frame = new ByteArrayOutputStream(16 * 1024);
    private boolean closed;

    FrameBuffer(OutputStream terminal) {
        this.terminal = terminal;
    }

    @Override
    public synchronized void write(int b) {
        if (!closed) {
            frame.write(b);
        }
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        if (!closed) {
            frame.write(bytes, offset, length);
        }
    }

    @Override
    public synchronized void flush() throws IOException {
        if (closed || frame.size() == 0) {
            return;
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream(frame.size() + BEGIN.length + END.length);
        whole.writeBytes(BEGIN);
        frame.writeTo(whole);
        whole.writeBytes(END);
        frame.reset();
        terminal.write(whole.toByteArray());
        terminal.flush();
    }

    /** Writes last bytes as they are; what a frame has gathered is dropped. */
    synchronized void last(byte[] bytes) throws IOException {
        frame.reset();
        terminal.write(bytes);
        terminal.flush();
        closed = true;
    }

    /** Begins again with bytes as they are. */
    synchronized void first(byte[] bytes) throws IOException {
        closed = false;
        frame.reset();
        terminal.write(bytes);
        terminal.flush();
    }
}
