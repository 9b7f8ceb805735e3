package dev.kalends.api;

import dev.kalends.api.BytesReader.Unknown;
import io.avaje.json.JsonAdapter;
import io.avaje.json.JsonException;
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
    private static final Json REQUESTS = new Json(Unknown.REFUSED);
    private static final Json ANSWERS = new Json(Unknown.SKIPPED);
    private static final int DETAIL_CHARS_MAX = 200;

    private final Unknown unknown;
    private final JsonStream stream;
    private final Adapters adapters;

    private Json(Unknown unknown) {
        this.unknown = unknown;
        this.stream = JsonStream.builder()
                .serializeNulls(unknown == Unknown.SKIPPED)
                .serializeEmpty(true)
                .build();
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
        try (BytesReader reader = new BytesReader(json, unknown)) {
            T value = adapter.fromJson(reader);
            reader.requireEnd();
            if (value == null) {
                throw invalid("null");
            }
            return value;
        } catch (UnknownFieldException e) {
            throw new ApiException(
                    ErrorCode.INVALID,
                    "unknown field; field=" + plain(e.field()),
                    "fields are the flags of submit in camelCase, such as maxAttempts");
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
