package dev.kalends.cli.crontab;

import java.util.Optional;

/** A line that sets a variable: {@code NAME=value}, either in quotes; nothing is expanded, as in cron. */
record CrontabSetting(String name, String value) {
    /** Reads a line; empty when it is no setting. */
    static Optional<CrontabSetting> of(String line) {
        int nameAt = blanksEnd(line, 0);
        if (nameAt == line.length()) {
            return Optional.empty();
        }
        boolean quoted = isQuote(line.charAt(nameAt));
        int nameEnd = quoted ? line.indexOf(line.charAt(nameAt), nameAt + 1) : bareEnd(line, nameAt);
        if (nameEnd < 0) {
            return Optional.empty();
        }
        String name = line.substring(quoted ? nameAt + 1 : nameAt, nameEnd);
        int equals = blanksEnd(line, quoted ? nameEnd + 1 : nameEnd);
        if (name.isEmpty() || name.indexOf('=') >= 0 || equals == line.length() || line.charAt(equals) != '=') {
            return Optional.empty();
        }
        return value(line.substring(equals + 1).strip()).map(value -> new CrontabSetting(name, value));
    }

    /** Whether a command can be given a variable of this name. */
    boolean isVariable() {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
            if (!letter && (i == 0 || c < '0' || c > '9')) {
                return false;
            }
        }
        return !name.startsWith("KALENDS_");
    }

    /** The line that cron reads as this; empty when there is none. */
    Optional<String> text() {
        for (String quote : new String[] {"\"", "'"}) {
            String text = name + "=" + quote + value + quote;
            if (value.indexOf('\n') < 0 && of(text).filter(this::equals).isPresent()) {
                return Optional.of(text);
            }
        }
        String bare = name + "=" + value;
        return value.indexOf('\n') < 0 && of(bare).filter(this::equals).isPresent()
                ? Optional.of(bare)
                : Optional.empty();
    }

    /** A quote that is not closed, or closed before the end, makes it no setting. */
    private static Optional<String> value(String text) {
        if (text.isEmpty() || !isQuote(text.charAt(0))) {
            return Optional.of(text);
        }
        int end = text.indexOf(text.charAt(0), 1);
        return end == text.length() - 1 ? Optional.of(text.substring(1, end)) : Optional.empty();
    }

    private static boolean isQuote(char c) {
        return c == '"' || c == '\'';
    }

    private static int blanksEnd(String line, int from) {
        int at = from;
        while (at < line.length() && (line.charAt(at) == ' ' || line.charAt(at) == '\t')) {
            at++;
        }
        return at;
    }

    private static int bareEnd(String line, int from) {
        int at = from;
        while (at < line.length() && " \t=".indexOf(line.charAt(at)) < 0) {
            at++;
        }
        return at;
    }
}
