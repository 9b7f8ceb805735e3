package dev.kalends.cli.crontab;

import java.util.Optional;

/** Takes words off the front of a line; blanks and tabs end a word. */
final class WordReader {
    private final String text;
    private int at;

    WordReader(String text) {
        this.text = text;
        skipBlanks();
    }

    /** Takes one character, if it stands here. */
    void skip(char c) {
        at += startsWith(c) ? 1 : 0;
    }

    boolean startsWith(char c) {
        return at < text.length() && text.charAt(at) == c;
    }

    /** The next word; empty at the end. */
    Optional<String> next() {
        int from = at;
        while (at < text.length() && !isBlank(text.charAt(at))) {
            at++;
        }
        String word = text.substring(from, at);
        skipBlanks();
        return word.isEmpty() ? Optional.empty() : Optional.of(word);
    }

    /** All that is left, from the next word on. */
    String rest() {
        return text.substring(at);
    }

    private void skipBlanks() {
        while (at < text.length() && isBlank(text.charAt(at))) {
            at++;
        }
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }
}
