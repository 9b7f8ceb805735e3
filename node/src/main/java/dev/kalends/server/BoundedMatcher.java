package dev.kalends.server;

import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression of a stranger over short texts: it may look at a bounded number of characters in all, so that no
 * expression can hold a thread by going back and forth.
 */
final class BoundedMatcher {
    private static final int PATTERN_CHARS_MAX = 200;
    private static final long LOOKS_MAX = 200_000_000;
    private static final long LOOKS_A_TEXT_MAX = 200_000;

    private BoundedMatcher() {}

    /** Matches anywhere in a text; for one request, on one thread. */
    static Predicate<String> of(String field, String regex) {
        if (regex.length() > PATTERN_CHARS_MAX) {
            throw Field.invalid(field + " has at most " + PATTERN_CHARS_MAX + " characters; length=" + regex.length());
        }
        try {
            Pattern pattern = Pattern.compile(regex);
            Budget budget = new Budget();
            return text -> {
                try {
                    return pattern.matcher(new Watched(text, budget)).find();
                } catch (StackOverflowError e) {
                    throw tooCostly();
                }
            };
        } catch (PatternSyntaxException e) {
            throw Field.invalid(field + " is no regular expression; position=" + (e.getIndex() + 1));
        }
    }

    private static RuntimeException tooCostly() {
        return Field.invalid("this regular expression costs too much; write it without nested repetition; looks="
                + LOOKS_A_TEXT_MAX);
    }

    private static final class Budget {
        private long looks;
    }

    /** A text that counts how often it is looked at. */
    private static final class Watched implements CharSequence {
        private final CharSequence text;
        private final Budget budget;
        private long looks;

        Watched(CharSequence text, Budget budget) {
            this.text = text;
            this.budget = budget;
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            if (++looks > LOOKS_A_TEXT_MAX || ++budget.looks > LOOKS_MAX) {
                throw tooCostly();
            }
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Watched(text.subSequence(start, end), budget);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
