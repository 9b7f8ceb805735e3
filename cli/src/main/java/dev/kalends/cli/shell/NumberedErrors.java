package dev.kalends.cli.shell;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Stderr of commands that are read from a pipe: each error says on which line its command stood. */
final class NumberedErrors extends OutputStream {
    private static final String TEXT = "error: ";
    private static final String JSON = "{\"error\":{";

    private final OutputStream stream;
    private final ByteArrayOutputStream held = new ByteArrayOutputStream();
    private int line;

    NumberedErrors(OutputStream stream) {
        this.stream = stream;
    }

    /** From here on errors are of the command on this line. */
    void line(int number) {
        line = number;
    }

    @Override
    public void write(int b) throws IOException {
        held.write(b);
        if (b == '\n') {
            flush();
        }
    }

    /** Lines are written whole; what has no end yet is written as it is when somebody wants to see it. */
    @Override
    public void flush() throws IOException {
        String text = held.toString(StandardCharsets.UTF_8);
        held.reset();
        if (text.startsWith(TEXT)) {
            text = "line " + line + ": " + text;
        } else if (text.startsWith(JSON)) {
            text = "{\"line\":" + line + "," + text.substring(1);
        }
        stream.write(text.getBytes(StandardCharsets.UTF_8));
        stream.flush();
    }
}
