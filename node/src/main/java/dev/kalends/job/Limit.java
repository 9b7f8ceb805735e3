package dev.kalends.job;

import java.util.Optional;

/**
 * At most so many runs at once under a key, among all jobs of a tenant that name the key, in one partition.
 *
 * @param key 1 to {@link Limits#LIMIT_KEY_BYTES_MAX} bytes
 * @param most 1 to {@link Limits#LIMIT_MAX}
 */
public record Limit(String key, int most) {
    private static final char SEPARATOR = '=';

    /** Reads {@code KEY=N}; empty when it is no such text. */
    public static Optional<Limit> parse(String text) {
        int at = text.lastIndexOf(SEPARATOR);
        String number = at < 1 ? "" : text.substring(at + 1);
        boolean whole =
                !number.isEmpty() && number.length() <= 9 && number.chars().allMatch(c -> c >= '0' && c <= '9');
        return whole && Integer.parseInt(number) > 0
                ? Optional.of(new Limit(text.substring(0, at), Integer.parseInt(number)))
                : Optional.empty();
    }

    /** {@code KEY=N}. */
    @Override
    public String toString() {
        return key + SEPARATOR + most;
    }
}
