package dev.kalends.worker;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Reads one HTTP/1.1 answer: head and body, both bounded. */
final class HttpAnswerReader {
    private static final int HEAD_BYTES_MAX = 64 * 1024;
    private static final int INTERIM_MAX = 8;
    /** A longer body is cut here: its tail so far is the output. */
    static final long BODY_BYTES_MAX = 16L * 1024 * 1024;

    private final InputStream in;
    private int headBytesLeft = HEAD_BYTES_MAX;
    private long bodyBytesLeft = BODY_BYTES_MAX;

    HttpAnswerReader(InputStream in) {
        this.in = new BufferedInputStream(in, 16 * 1024);
    }

    /** The head of the final answer. */
    HttpAnswer head() throws IOException {
        for (int i = 0; i < INTERIM_MAX; i++) {
            HttpAnswer answer = oneHead();
            if (answer.status() >= 200) {
                return answer;
            }
        }
        throw new IOException("too many interim answers; max=" + INTERIM_MAX);
    }

    private HttpAnswer oneHead() throws IOException {
        String line = line();
        if (!line.matches("HTTP/1\\.[01] [1-5][0-9][0-9].*")) {
            throw new IOException("not an HTTP answer; line=" + line.substring(0, Math.min(80, line.length())));
        }
        Map<String, String> headers = new HashMap<>();
        for (String field = line(); !field.isEmpty(); field = line()) {
            int colon = field.indexOf(':');
            if (colon > 0) {
                headers.put(
                        field.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                        field.substring(colon + 1).strip());
            }
        }
        String reason = line.length() > 13 ? line.substring(13) : "";
        return new HttpAnswer(Integer.parseInt(line.substring(9, 12)), reason, headers);
    }

    /** The body, into the output; at most {@link #BODY_BYTES_MAX} of it. */
    void body(HttpAnswer answer, OutputTail output) throws IOException {
        if (answer.header("transfer-encoding")
                .map(text -> text.toLowerCase(Locale.ROOT).contains("chunked"))
                .orElse(false)) {
            chunks(output);
            return;
        }
        String length = answer.headers().getOrDefault("content-length", "");
        copy(length.matches("[0-9]{1,18}") ? Long.parseLong(length) : Long.MAX_VALUE, output, length.isEmpty());
    }

    private void chunks(OutputTail output) throws IOException {
        while (bodyBytesLeft > 0) {
            headBytesLeft = HEAD_BYTES_MAX;
            String size = line().split(";", 2)[0].strip();
            if (!size.matches("[0-9a-fA-F]{1,15}")) {
                throw new IOException("a chunk without a size; line=" + PlainText.of(size));
            }
            long bytes = Long.parseLong(size, 16);
            if (bytes == 0) {
                return;
            }
            copy(bytes, output, false);
            if (bodyBytesLeft > 0 && !line().isEmpty()) {
                throw new IOException("a chunk longer than its size; size=" + bytes);
            }
        }
    }

    private void copy(long bytes, OutputTail output, boolean untilEnd) throws IOException {
        byte[] buffer = new byte[8 * 1024];
        long left = Math.min(bytes, bodyBytesLeft);
        while (left > 0) {
            int read = in.read(buffer, 0, (int) Math.min(left, buffer.length));
            if (read < 0) {
                if (untilEnd) {
                    return;
                }
                throw new EOFException("the answer ended early; bytes_missing=" + left);
            }
            output.write(buffer, 0, read);
            left -= read;
            bodyBytesLeft -= read;
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder(80);
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the answer ended early; at=head");
            }
            if (--headBytesLeft < 0) {
                throw new IOException("the answer's head is too long; bytes_max=" + HEAD_BYTES_MAX);
            }
            line.append((char) c);
        }
        int end = line.length();
        return end > 0 && line.charAt(end - 1) == '\r' ? line.substring(0, end - 1) : line.toString();
    }
}
