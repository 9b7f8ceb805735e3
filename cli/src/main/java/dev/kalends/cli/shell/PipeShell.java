package dev.kalends.cli.shell;

import dev.kalends.api.ErrorBody;
import dev.kalends.api.ErrorCode;
import dev.kalends.cli.io.Printer;
import dev.kalends.cli.io.Streams;
import dev.kalends.cli.io.Surroundings;
import dev.kalends.cli.io.TerminalFacts;
import dev.kalends.cli.output.ErrorLines;
import dev.kalends.cli.output.Format;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Runs the commands that stand in a pipe or a file, one after the other, without a prompt. */
final class PipeShell {
    private static final int LINE_CHARS_MAX = 1 << 20;

    private final Interpreter interpreter;
    private final Surroundings surroundings;
    private final NumberedErrors errors;
    private final OnFailure onFailure;

    /** What follows a command that failed. */
    enum OnFailure {
        GO_ON,
        STOP
    }

    PipeShell(Interpreter interpreter, Surroundings surroundings, OnFailure onFailure) {
        this.interpreter = interpreter;
        this.errors = new NumberedErrors(stream(surroundings.err()));
        this.onFailure = onFailure;
        TerminalFacts terminal = surroundings.terminal();
        // Commands read nothing: what stands in the pipe are lines of this shell.
        this.surroundings = new Surroundings(
                new Streams(InputStream.nullInputStream(), surroundings.out(), new Printer(errors)),
                surroundings.clocks(),
                surroundings.environment(),
                new TerminalFacts(false, terminal.out(), terminal.err(), terminal.width(), terminal.plain()));
    }

    /** Runs all lines and returns the status of the first that failed, else 0. */
    int run(InputStream in) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        int first = 0;
        int number = 0;
        StringBuilder held = new StringBuilder();
        int began = 1;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            began = held.isEmpty() ? number : began;
            held.append(held.isEmpty() ? "" : "\n").append(line);
            ShellWords words = ShellWords.of(held.toString());
            if (words.ending() != ShellWords.Ending.COMPLETE && held.length() <= LINE_CHARS_MAX) {
                continue;
            }
            held.setLength(0);
            if (leaves(words.texts())) {
                return first;
            }
            first = keep(first, execute(began, words.texts()));
            if (first != 0 && onFailure == OnFailure.STOP) {
                return first;
            }
        }
        return held.isEmpty() ? first : keep(first, unfinished(began, held.toString()));
    }

    private static boolean leaves(List<String> words) {
        return !words.isEmpty() && OwnWord.of(words.getFirst()).equals(Optional.of(OwnWord.EXIT));
    }

    private static int keep(int first, int status) {
        return first != 0 ? first : status;
    }

    private int execute(int number, List<String> words) {
        errors.line(number);
        return interpreter.run(words, surroundings);
    }

    /** A backslash before the end of everything goes on in nothing; an open quote is a mistake. */
    private int unfinished(int number, String text) {
        ShellWords words = ShellWords.of(text);
        if (words.ending() == ShellWords.Ending.AFTER_BACKSLASH) {
            return execute(number, words.texts());
        }
        errors.line(number);
        ErrorBody body = new ErrorBody(
                new ErrorBody.Detail(ErrorCode.USAGE.word(), "a quote is never closed", "close it with the same mark"));
        ErrorLines.print(surroundings.err(), body, Format.AUTO);
        surroundings.err().flush();
        return ErrorCode.USAGE.exitCode();
    }

    private static OutputStream stream(Printer printer) {
        return new OutputStream() {
            @Override
            public void write(int b) {
                printer.print(String.valueOf((char) b));
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                printer.print(new String(bytes, offset, length, StandardCharsets.UTF_8));
            }

            @Override
            public void flush() {
                printer.flush();
            }
        };
    }
}
