package dev.kalends.cli.submit;

import dev.kalends.api.ApiException;
import dev.kalends.api.JobRequest;
import dev.kalends.api.Json;
import dev.kalends.cli.output.JsonObject;
import dev.kalends.job.Limits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * NDJSON in which every job without name and key gets the key {@code PREFIX:LINE}; all other lines pass as they are,
 * wrong ones too: the node says what is wrong with them.
 */
final class KeyedLines extends InputStream {
    private final InputStream in;
    private final String prefix;
    private final byte[] buffer = new byte[16 * 1024];
    private int from;
    private int to;
    private long number;
    private byte[] line = new byte[0];
    private int at;

    KeyedLines(InputStream in, String prefix) {
        this.in = in;
        this.prefix = prefix;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (at == line.length) {
            byte[] next = nextLine();
            if (next == null) {
                return -1;
            }
            line = next;
            at = 0;
        }
        int count = Math.min(length, line.length - at);
        System.arraycopy(line, at, target, offset, count);
        at += count;
        return count;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /** The next line with its end; a part of it when it is longer than a line may be; null at the end. */
    private byte @Nullable [] nextLine() throws IOException {
        ByteArrayOutputStream raw = new ByteArrayOutputStream(256);
        while (raw.size() <= Limits.BULK_LINE_BYTES_MAX) {
            if (from == to) {
                from = 0;
                to = Math.max(0, in.read(buffer));
                if (to == 0) {
                    break;
                }
            }
            int end = from;
            while (end < to && buffer[end] != '\n') {
                end++;
            }
            boolean whole = end < to;
            raw.write(buffer, from, end - from + (whole ? 1 : 0));
            from = whole ? end + 1 : to;
            if (whole) {
                number++;
                return keyed(raw.toByteArray());
            }
        }
        if (raw.size() == 0) {
            return null;
        }
        return raw.size() > Limits.BULK_LINE_BYTES_MAX ? raw.toByteArray() : last(raw.toByteArray());
    }

    private byte[] last(byte[] raw) {
        number++;
        return keyed(raw);
    }

    private byte[] keyed(byte[] raw) {
        int brace = 0;
        while (brace < raw.length && (raw[brace] == ' ' || raw[brace] == '\t')) {
            brace++;
        }
        if (brace == raw.length || raw[brace] != '{' || !needsKey(raw)) {
            return raw;
        }
        String object = new JsonObject().text("key", prefix + ":" + number).toString();
        byte[] field = object.substring(1, object.length() - 1).getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream keyed = new ByteArrayOutputStream(raw.length + field.length + 1);
        keyed.write(raw, 0, brace + 1);
        keyed.writeBytes(field);
        keyed.write(',');
        keyed.write(raw, brace + 1, raw.length - brace - 1);
        return keyed.toByteArray();
    }

    private static boolean needsKey(byte[] raw) {
        try {
            JobRequest job = Json.readRequest(JobRequest.class, raw);
            return job.name() == null && job.key() == null;
        } catch (ApiException e) {
            return false;
        }
    }
}
