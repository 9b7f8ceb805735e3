package dev.kalends.client;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A path with its query, built from parts that are escaped: a job's name may hold {@code /} and anything printable. */
final class Target {
    private static final String PLAIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~@";
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private final StringBuilder text;
    private char separator = '?';

    private Target(String path) {
        this.text = new StringBuilder(path);
    }

    static Target of(String path) {
        return new Target(path);
    }

    /** Adds {@code /} and an escaped segment. */
    Target segment(String segment) {
        escape(segment, text.append('/'));
        return this;
    }

    /** Adds {@code /} and a fixed word. */
    Target word(String word) {
        text.append('/').append(word);
        return this;
    }

    Target query(String key, String value) {
        escape(value, text.append(separator).append(key).append('='));
        separator = '&';
        return this;
    }

    Target query(String key, Optional<String> value) {
        value.ifPresent(present -> query(key, present));
        return this;
    }

    /** Adds {@code key=true} when it is. */
    Target flag(String key, Flag flag) {
        return flag == Flag.ON ? query(key, "true") : this;
    }

    @Override
    public String toString() {
        return text.toString();
    }

    private static void escape(String part, StringBuilder out) {
        for (byte b : part.getBytes(StandardCharsets.UTF_8)) {
            if (b > 0 && PLAIN.indexOf(b) >= 0) {
                out.append((char) b);
            } else {
                out.append('%').append(HEX[(b >> 4) & 15]).append(HEX[b & 15]);
            }
        }
    }
}
