package dev.kalends.cli.output;

import dev.kalends.api.ErrorBody;
import dev.kalends.cli.io.Printer;
import dev.kalends.tui.text.SafeText;

/**
 * Prints an error: {@code error: code: message} and the next step indented below it, or the same as JSON where
 * programs read along.
 */
public final class ErrorLines {
    private ErrorLines() {}

    public static void print(Printer err, ErrorBody error, Format format) {
        ErrorBody.Detail detail = error.error();
        if (format.isJson()) {
            err.line(JsonText.of(error));
            return;
        }
        err.line("error: " + detail.code() + ": " + SafeText.line(detail.message()));
        if (detail.hint() != null) {
            SafeText.lines(detail.hint()).lines().forEach(line -> err.line("  " + line));
        }
    }
}
