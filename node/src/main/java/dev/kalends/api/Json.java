package dev.kalends.api;

import dev.kalends.job.Limits;
import io.avaje.json.JsonAdapter;
import io.avaje.json.JsonException;
import io.avaje.json.JsonReader;
import io.avaje.json.stream.BytesJsonWriter;
import io.avaje.json.stream.JsonStream;
import java.util.Optional;

/**
 * Reads and writes this package's records as JSON.
 *
 * <p>Requests are read strictly: an unknown field is an error that names it, because a misspelt {@code deadline} must
 * not be a job without one. Answers are read tolerantly, because a newer node may say more. Requests leave absent
 * fields out; answers write them as null, so that scripts see every field of the contract.
 */
public final class Json {
    /** Characters of one string that is read: a body or an output tail has fewer, as no character is less than a byte. */
    static final int STRING_CHARS_MAX = Limits.BODY_BYTES_MAX + 1024;

    static {
        // The library refuses a string that needs its buffer to grow beyond 50,000 characters, and has no other
        // setting.
        // A buffer that is large enough from the beginning never grows.
        System.setProperty("jsonb.parserCharBufferSize", Integer.toString(STRING_CHARS_MAX));
    }

    private static final Json REQUESTS = new Json(JsonStream.builder()
            .failOnUnknown(true)
            .serializeNulls(false)
            .serializeEmpty(true)
            .build());
    private static final Json ANSWERS = new Json(JsonStream.builder()
            .failOnUnknown(false)
            .serializeNulls(true)
            .serializeEmpty(true)
            .build());
    private static final String UNKNOWN = "Unknown property ";
    private static final int DETAIL_CHARS_MAX = 200;

    private final JsonStream stream;
    private final Adapters adapters;

    private Json(JsonStream stream) {
        this.stream = stream;
        this.adapters = new Adapters(stream);
    }

    /**
     * Reads what a client asks.
     *
     * @throws ApiException {@code invalid}, naming the field that is unknown or the place that is no JSON
     */
    public static <T> T readRequest(Class<T> type, byte[] json) {
        return REQUESTS.read(type, json);
    }

    /** Reads what a node answers. */
    public static <T> T readAnswer(Class<T> type, byte[] json) {
        return ANSWERS.read(type, json);
    }

    /** Writes a request: UTF-8 on one line, absent fields left out. */
    public static byte[] writeRequest(Object request) {
        return REQUESTS.write(request);
    }

    /** Writes an answer: UTF-8 on one line, absent fields as null. */
    public static byte[] writeAnswer(Object answer) {
        return ANSWERS.write(answer);
    }

    private <T> T read(Class<T> type, byte[] json) {
        JsonAdapter<T> adapter = adapters.adapter(type);
        if (Surrogates.anyLone(json)) {
            throw invalid("half of a surrogate pair");
        }
        try (JsonReader reader = stream.reader(json)) {
            T value = adapter.fromJson(reader);
            if (reader.hasNextStreamElement()) {
                throw invalid("more after the end of the JSON object");
            }
            return value;
        } catch (JsonException | IllegalStateException e) {
            throw invalid(Optional.ofNullable(e.getMessage()).orElse("unreadable"));
        }
    }

    private byte[] write(Object value) {
        JsonAdapter<Object> adapter = adapters.adapter((java.lang.reflect.Type) value.getClass());
        try (BytesJsonWriter writer = stream.bufferedWriterAsBytes()) {
            adapter.toJson(writer, value);
            return writer.result();
        }
    }

    private static ApiException invalid(String reason) {
        int end = reason.indexOf(" at at position");
        if (reason.startsWith(UNKNOWN) && end > 0) {
            return new ApiException(
                    ErrorCode.INVALID,
                    "unknown field; field=" + plain(reason.substring(UNKNOWN.length(), end)),
                    "fields are the flags of submit in camelCase, such as maxAttempts");
        }
        return new ApiException(ErrorCode.INVALID, "not the JSON that is expected; reason=" + plain(reason), "");
    }

    /** Bounded and free of control characters: the text quotes what a stranger sent. */
    private static String plain(String text) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < Math.min(text.length(), DETAIL_CHARS_MAX); i++) {
            char c = text.charAt(i);
            plain.append(Character.isISOControl(c) ? ' ' : c);
        }
        return plain.toString();
    }
}
