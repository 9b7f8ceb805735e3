package dev.kalends.cli.output;

import java.util.Locale;
import java.util.Optional;

/** What {@code -o} asks for. {@link #AUTO} is a table on a terminal and tab-separated lines in a pipe. */
public enum Format {
    AUTO,
    WIDE,
    JSON,
    NDJSON,
    NAME;

    /** The words that {@code -o} takes. */
    public static final String WORDS = "json, ndjson, wide, name";

    /** The format of a word of {@code -o}; empty when there is none. */
    public static Optional<Format> ofWord(String word) {
        for (Format format : values()) {
            if (format != AUTO && format.name().toLowerCase(Locale.ROOT).equals(word)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }

    /** Whether the output is for programs that read JSON. */
    public boolean isJson() {
        return this == JSON || this == NDJSON;
    }
}
