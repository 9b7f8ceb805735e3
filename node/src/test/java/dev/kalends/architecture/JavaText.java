package dev.kalends.architecture;

import java.util.Arrays;

/**
 * A Java text taken apart: code without comments and without the contents of literals, and the comments alone. Both
 * keep every character in its place; what does not belong is a space.
 */
record JavaText(String code, String comments) {

    static JavaText of(String text) {
        return new Cutter(text).cut();
    }

    /** Goes through a text once. */
    private static final class Cutter {
        private final String text;
        private final char[] code;
        private final char[] comments;
        private int at;

        Cutter(String text) {
            this.text = text;
            code = new char[text.length()];
            comments = new char[text.length()];
            Arrays.fill(code, ' ');
            Arrays.fill(comments, ' ');
        }

        JavaText cut() {
            while (at < text.length()) {
                if (text.startsWith("//", at)) {
                    copy(comments, end("\n", at));
                } else if (text.startsWith("/*", at)) {
                    copy(comments, end("*/", at + 2) + 2);
                } else if (text.startsWith("\"\"\"", at)) {
                    literal("\"\"\"");
                } else if (text.charAt(at) == '"' || text.charAt(at) == '\'') {
                    literal(text.substring(at, at + 1));
                } else {
                    copy(code, at + 1);
                }
            }
            return new JavaText(new String(code), new String(comments));
        }

        private int end(String mark, int from) {
            int found = text.indexOf(mark, from);
            return found < 0 ? text.length() : found;
        }

        private void copy(char[] target, int to) {
            for (int end = Math.min(to, text.length()); at < end; at++) {
                target[at] = text.charAt(at);
                newLine();
            }
        }

        /** Leaves the quotes, skips what is between. */
        private void literal(String quote) {
            copy(code, at + quote.length());
            while (at < text.length() && !text.startsWith(quote, at)) {
                if (text.charAt(at) == '\\') {
                    at++;
                }
                if (at < text.length()) {
                    newLine();
                    at++;
                }
            }
            copy(code, at + quote.length());
        }

        private void newLine() {
            if (text.charAt(at) == '\n') {
                code[at] = '\n';
                comments[at] = '\n';
            }
        }
    }
}
