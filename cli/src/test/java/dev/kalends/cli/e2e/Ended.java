package dev.kalends.cli.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

/**
 * A command that has ended.
 *
 * @param status its exit status
 * @param out what it wrote to stdout
 * @param err what it wrote to stderr
 */
record Ended(int status, String out, String err) {
    private static final int SHOWN = 4_000;

    Ended expect(int expected) {
        assertEquals(expected, status, this::toString);
        return this;
    }

    /** Fails unless this is an error as users get it: one line with a code, what to do next, no stack trace. */
    Ended expectError(int expected, String... words) {
        expect(expected);
        List<String> lines = err.lines().toList();
        List<String> errors =
                lines.stream().filter(line -> line.startsWith("error: ")).toList();
        assertEquals(1, errors.size(), this::toString);
        for (String word : words) {
            assertTrue(err.contains(word), () -> "expected " + word + " in " + this);
        }
        assertFalse(lines.getLast().startsWith("error: "), () -> "no next step in " + this);
        return expectNoTrace();
    }

    Ended expectNoTrace() {
        for (String sign : List.of("\tat ", "Exception", "Caused by", "java.", "dev.kalends")) {
            assertFalse((out + err).contains(sign), () -> "a stack trace in " + this);
        }
        return this;
    }

    @Override
    public String toString() {
        return "status=" + status + "\nerr=" + last(err) + "\nout=" + last(out);
    }

    private static String last(String text) {
        return text.length() <= SHOWN ? text : "…" + text.substring(text.length() - SHOWN);
    }

    List<String> lines() {
        return out.lines().toList();
    }
}
