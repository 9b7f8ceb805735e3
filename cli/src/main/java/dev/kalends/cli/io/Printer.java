package dev.kalends.cli.io;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Text on its way to a stream, as UTF-8, held back until {@link #flush} or until 8 KiB are waiting.
 *
 * <p>Unlike a {@code PrintStream} it does not swallow failures: a reader that went away ends the command quietly
 * ({@link ClosedPipe}), a full disk is an error. Safe for several threads.
 */
public final class Printer {
    private static final int HELD_MAX = 8192;

    private final OutputStream stream;
    private final StringBuilder held = new StringBuilder();

    public Printer(OutputStream stream) {
        this.stream = stream;
    }

    public synchronized Printer print(String text) {
        held.append(text);
        if (held.length() >= HELD_MAX) {
            write();
        }
        return this;
    }

    public Printer line(String text) {
        return print(text + "\n");
    }

    public Printer line() {
        return print("\n");
    }

    /** Sends what is held back; call it when a person waits for the line. */
    public synchronized void flush() {
        write();
        try {
            stream.flush();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private void write() {
        byte[] bytes = held.toString().getBytes(StandardCharsets.UTF_8);
        held.setLength(0);
        try {
            stream.write(bytes);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private static RuntimeException failure(IOException e) {
        String reason = String.valueOf(e.getMessage());
        boolean closed = reason.toLowerCase(Locale.ROOT).contains("broken pipe") || reason.contains("Stream Closed");
        return closed ? new ClosedPipe() : new OutputFailure(reason, e);
    }
}
