package dev.kalends.cli.output;

import dev.kalends.cli.io.Printer;
import dev.kalends.cli.io.TerminalFacts;

/**
 * Where results go and how they shall look.
 *
 * @param quiet ids only ({@code -q})
 */
public record Rendering(Printer out, TerminalFacts terminal, Format format, boolean quiet) {
    /** Whether a person reads the result: on a terminal, and nobody asked for another form. */
    public boolean forPeople() {
        return terminal.out() && !quiet && (format == Format.AUTO || format == Format.WIDE);
    }

    /** The text in a colour, where colours are wanted. */
    public String paint(Paint paint, String text) {
        return terminal.plain() || !terminal.out() ? text : paint.on(text);
    }

    /** A record of the API as JSON on one line. */
    public void json(Object record) {
        out.line(JsonText.of(record));
    }
}
