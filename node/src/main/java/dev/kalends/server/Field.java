package dev.kalends.server;

import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorCode;
import dev.kalends.schedule.DurationText;
import dev.kalends.schedule.ScheduleFormatException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads single fields of requests; each refusal names the field, the limit and what was sent. */
final class Field {
    private Field() {}

    static ApiException invalid(String message) {
        return new ApiException(ErrorCode.INVALID, message, "");
    }

    static ApiException notYet(String field) {
        return new ApiException(
                ErrorCode.INVALID,
                "not yet supported; field=" + field,
                "leave it out; the CHANGELOG says when it comes");
    }

    /** Refuses a field that is missing or null: JSON may leave out what the record's type says is there. */
    static <T> T present(String field, @Nullable T value) {
        if (value == null) {
            throw invalid("this field is missing; field=" + field);
        }
        return value;
    }

    /** Refuses a list that is missing or holds null. */
    static <T> void allPresent(String field, @Nullable List<T> values) {
        for (T value : present(field, values)) {
            present(field + "[]", value);
        }
    }

    /** A duration in milliseconds, in a range. */
    static long duration(String field, String text, long minMs) {
        try {
            long ms = DurationText.parse(text);
            if (ms < minMs) {
                throw invalid(field + " is at least " + DurationText.format(minMs) + "; " + field + "="
                        + Texts.excerpt(text));
            }
            return ms;
        } catch (ScheduleFormatException e) {
            throw named(field, e);
        }
    }

    static Optional<Long> duration(String field, @Nullable String text, DurationBound bound) {
        return text == null ? Optional.empty() : Optional.of(duration(field, text, bound.minMs()));
    }

    /** Shortest durations that make sense. */
    enum DurationBound {
        ZERO(0),
        ONE(1);

        private final long minMs;

        DurationBound(long minMs) {
            this.minMs = minMs;
        }

        long minMs() {
            return minMs;
        }
    }

    /** The refusal of a text about time, with the field it stood in. */
    static ApiException named(String field, ScheduleFormatException why) {
        return invalid(field + ": " + Optional.ofNullable(why.getMessage()).orElse("unreadable; " + field + "=?"));
    }

    /** One of an enum's words, in lower case; null is the default. */
    static <E extends Enum<E>> E word(String field, @Nullable String text, E absent) {
        if (text == null) {
            return absent;
        }
        E[] all = absent.getDeclaringClass().getEnumConstants();
        StringBuilder words = new StringBuilder();
        for (E one : all) {
            String word = one.name().toLowerCase(Locale.ROOT);
            if (word.equals(text)) {
                return one;
            }
            words.append(words.isEmpty() ? "" : ", ").append(word);
        }
        throw invalid(field + " is one of " + words + "; " + field + "=" + Texts.excerpt(text));
    }

    /** Bytes of a text in UTF-8. */
    static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** Refuses a text that is longer than a limit. */
    static void atMost(String field, String text, int bytesMax) {
        if (text.length() > bytesMax || bytes(text) > bytesMax) {
            throw invalid(field + " has at most " + bytesMax + " bytes; bytes=" + bytes(text));
        }
    }

    /** Refuses control characters, such as a line break in a header. */
    static void oneLine(String field, String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                throw invalid(String.format(
                        "%s has no control characters; position=%d character=U+%04X",
                        field, i + 1, (int) text.charAt(i)));
            }
        }
    }

    /** Refuses a zero byte, which no program can be given. */
    static void noZero(String field, String text) {
        int at = text.indexOf('\0');
        if (at >= 0) {
            throw invalid(field + " has no zero byte; position=" + (at + 1));
        }
    }

    /** Refuses a field that means nothing beside what the job is. */
    static void absent(String field, @Nullable Object value, String belongsTo) {
        if (value != null) {
            throw invalid("this field belongs to " + belongsTo + "; field=" + field);
        }
    }
}
