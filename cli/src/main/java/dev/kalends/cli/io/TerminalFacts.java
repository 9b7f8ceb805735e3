package dev.kalends.cli.io;

import java.util.Optional;

/**
 * What is known of the terminal, without opening it.
 *
 * @param in whether stdin is a terminal: only then a person can be asked
 * @param out whether stdout is a terminal: only then tables, relative times and colours make sense
 * @param err whether stderr is a terminal: only then a progress line may be redrawn
 * @param width columns, {@value #WIDTH_UNKNOWN} when unknown
 * @param plain whether colours and cursor movement are unwanted ({@code NO_COLOR}, {@code TERM=dumb})
 */
public record TerminalFacts(boolean in, boolean out, boolean err, int width, boolean plain) {
    /** The width that is taken when the terminal does not say. */
    public static final int WIDTH_UNKNOWN = 80;
    /**
     * Names which of the file descriptors 0, 1 and 2 are terminals, such as {@code 012}. The launcher sets it: the
     * shell knows for nothing what costs the JVM a native library.
     */
    public static final String VARIABLE = "KALENDS_TTY";

    private static final int WIDTH_MIN = 20;
    private static final int WIDTH_MAX = 2000;

    /** No terminal anywhere: everything is a pipe. */
    public static TerminalFacts pipes() {
        return new TerminalFacts(false, false, false, WIDTH_UNKNOWN, true);
    }

    /** As the launcher and the environment tell. */
    public static TerminalFacts of(Environment environment) {
        String terminals = environment.get(VARIABLE).orElse("");
        boolean plain = environment.get("NO_COLOR").isPresent()
                || environment.get("TERM").orElse("dumb").equals("dumb");
        return new TerminalFacts(
                terminals.contains("0"), terminals.contains("1"), terminals.contains("2"), width(environment), plain);
    }

    /** The same without colours. */
    public TerminalFacts withoutColours() {
        return new TerminalFacts(in, out, err, width, true);
    }

    /** The same with another width. */
    public TerminalFacts withWidth(int columns) {
        return new TerminalFacts(in, out, err, columns, plain);
    }

    private static int width(Environment environment) {
        Optional<String> columns = environment.get("COLUMNS");
        if (columns.isEmpty()
                || columns.get().length() > 4
                || !columns.get().chars().allMatch(Character::isDigit)) {
            return WIDTH_UNKNOWN;
        }
        return Math.clamp(Integer.parseInt(columns.get()), WIDTH_MIN, WIDTH_MAX);
    }
}
