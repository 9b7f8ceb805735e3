package dev.kalends.cli.shell;

import java.util.ArrayList;
import java.util.List;

/**
 * A line cut into words as a shell does it, without anything that a shell would put in their place: quotes, single and
 * double, a backslash before a character, a comment behind {@code #}. A backslash at the end of a line, or a quote that
 * is still open, goes on in the next line. {@code !}, {@code $} and {@code *} are letters like others.
 */
record ShellWords(List<Word> words, Ending ending) {
    ShellWords {
        words = List.copyOf(words);
    }

    /**
     * A word.
     *
     * @param text what it means
     * @param start where it begins in the line
     * @param end where it ends in the line, exclusive
     */
    record Word(String text, int start, int end) {}

    /** How a line ends. */
    enum Ending {
        COMPLETE,
        IN_SINGLE_QUOTES,
        IN_DOUBLE_QUOTES,
        AFTER_BACKSLASH
    }

    /** Cuts a line, or several with line feeds between them. */
    static ShellWords of(String line) {
        return new Cutter(line).cut();
    }

    List<String> texts() {
        return words.stream().map(Word::text).toList();
    }

    /** A word as it must be typed to mean a text. */
    static String quoted(String text) {
        if (!text.isEmpty() && text.chars().noneMatch(c -> " \t\n'\"\\#".indexOf(c) >= 0)) {
            return text;
        }
        return "'" + text.replace("'", "'\\''") + "'";
    }

    private static final class Cutter {
        private final String line;
        private final List<Word> words = new ArrayList<>();
        private final StringBuilder text = new StringBuilder();
        private int start = -1;
        private int at;

        Cutter(String line) {
            this.line = line;
        }

        ShellWords cut() {
            Ending ending = Ending.COMPLETE;
            while (at < line.length() && ending == Ending.COMPLETE) {
                char c = line.charAt(at);
                if (c == ' ' || c == '\t' || c == '\n') {
                    end();
                    at++;
                } else if (c == '#' && start < 0) {
                    skipComment();
                } else {
                    ending = letter(c);
                }
            }
            end();
            return new ShellWords(words, ending);
        }

        private Ending letter(char c) {
            if (c == '\\') {
                return backslash();
            }
            start = start < 0 ? at : start;
            at++;
            if (c == '\'') {
                return singleQuotes();
            }
            if (c == '"') {
                return doubleQuotes();
            }
            text.append(c);
            return Ending.COMPLETE;
        }

        private Ending backslash() {
            if (at + 1 == line.length()) {
                at++;
                return Ending.AFTER_BACKSLASH;
            }
            char next = line.charAt(at + 1);
            if (next != '\n') {
                start = start < 0 ? at : start;
                text.append(next);
            }
            at += 2;
            return Ending.COMPLETE;
        }

        private Ending singleQuotes() {
            int close = line.indexOf('\'', at);
            text.append(line, at, close < 0 ? line.length() : close);
            at = close < 0 ? line.length() : close + 1;
            return close < 0 ? Ending.IN_SINGLE_QUOTES : Ending.COMPLETE;
        }

        private Ending doubleQuotes() {
            while (at < line.length()) {
                char c = line.charAt(at++);
                if (c == '"') {
                    return Ending.COMPLETE;
                }
                if (c == '\\' && at < line.length() && "\"\\\n".indexOf(line.charAt(at)) >= 0) {
                    char next = line.charAt(at++);
                    if (next != '\n') {
                        text.append(next);
                    }
                } else {
                    text.append(c);
                }
            }
            return Ending.IN_DOUBLE_QUOTES;
        }

        private void skipComment() {
            int newline = line.indexOf('\n', at);
            at = newline < 0 ? line.length() : newline;
        }

        private void end() {
            if (start >= 0) {
                words.add(new Word(text.toString(), start, at));
                text.setLength(0);
                start = -1;
            }
        }
    }
}
