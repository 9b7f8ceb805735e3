package dev.kalends.cli.shell;

import java.util.List;
import java.util.Locale;

/** Says which lines are remembered: none that begins with a space, and none that could hold a secret. */
final class Secrets {
    private static final List<String> TELLING = List.of(
            "token",
            "secret",
            "passw",
            "authorization",
            "credential",
            "api-key",
            "apikey",
            "api_key",
            "private-key",
            "bearer ");

    private Secrets() {}

    /** Whether a line goes into the history. */
    static boolean mayBeKept(String line) {
        if (line.isBlank() || Character.isWhitespace(line.charAt(0))) {
            return false;
        }
        String small = line.toLowerCase(Locale.ROOT);
        return TELLING.stream().noneMatch(small::contains);
    }
}
