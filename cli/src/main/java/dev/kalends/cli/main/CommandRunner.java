package dev.kalends.cli.main;

import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorBody;
import dev.kalends.api.ErrorCode;
import dev.kalends.cli.command.Command;
import dev.kalends.cli.command.GlobalOptions;
import dev.kalends.cli.command.Invocation;
import dev.kalends.cli.command.Nearest;
import dev.kalends.cli.io.ClosedPipe;
import dev.kalends.cli.io.OutputFailure;
import dev.kalends.cli.io.Surroundings;
import dev.kalends.cli.output.ErrorLines;
import dev.kalends.cli.output.Format;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * From the words of a command line to an exit status: finds the command, runs it, tells what went wrong in one line.
 *
 * <p>Global options may stand before the command word. A reader of stdout that goes away ends the command with status
 * 0 and without a word. A Java stack trace is shown only with {@code KALENDS_DEBUG=1}.
 */
public final class CommandRunner {
    private static final int INTERRUPTED = 130;

    private final Surroundings surroundings;

    public CommandRunner(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** Runs a command line and returns its exit status; everything written is flushed. */
    public int run(List<String> arguments) {
        Format format = askedFormat(arguments);
        try {
            int status = dispatch(arguments);
            surroundings.out().flush();
            surroundings.err().flush();
            return status;
        } catch (ClosedPipe e) {
            return Command.DONE;
        } catch (ApiException e) {
            return tell(e, format);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return INTERRUPTED;
        } catch (OutputFailure | IOException e) {
            debug(e);
            String message = Optional.ofNullable(e.getMessage()).orElse(e.toString());
            return tell(new ApiException(ErrorCode.FAILED, message, ""), format);
        } catch (RuntimeException | Error e) {
            debug(e);
            String hint = "this is a mistake in kalends; KALENDS_DEBUG=1 shows where";
            return tell(new ApiException(ErrorCode.INTERNAL, e.toString(), hint), format);
        }
    }

    private int dispatch(List<String> arguments) throws IOException, InterruptedException {
        int dashes = arguments.indexOf("--");
        List<String> words = new ArrayList<>(dashes < 0 ? arguments : arguments.subList(0, dashes));
        List<String> trailing = dashes < 0 ? null : arguments.subList(dashes + 1, arguments.size());
        int at = commandAt(words, 0);
        if (at >= words.size()) {
            return withoutCommand(words, trailing);
        }
        String first = words.remove(at);
        if (first.equals("help")) {
            words.add("--help");
            return dispatch(words);
        }
        int secondAt = commandAt(words, at);
        if (secondAt < words.size()) {
            Optional<CommandTable.Entry> nested = CommandTable.find(first + " " + words.get(secondAt));
            if (nested.isPresent()) {
                words.remove(secondAt);
                return invoke(nested.get(), words, trailing);
            }
        }
        Optional<CommandTable.Entry> entry = CommandTable.find(first);
        if (entry.isEmpty()) {
            throw unknown(first, secondAt < words.size() ? Optional.of(words.get(secondAt)) : Optional.empty());
        }
        return invoke(entry.get(), words, trailing);
    }

    private int invoke(CommandTable.Entry entry, List<String> words, @Nullable List<String> trailing)
            throws IOException, InterruptedException {
        Command command = CommandFactory.make(entry.path());
        return new Invocation(entry.path(), entry.line(), command).run(words, trailing, surroundings);
    }

    private int withoutCommand(List<String> words, @Nullable List<String> trailing)
            throws IOException, InterruptedException {
        if (words.contains("-V") || words.contains("--version")) {
            return dispatch(List.of("version"));
        }
        if (words.contains("-h") || words.contains("--help")) {
            surroundings.out().print(TopHelp.text());
            return Command.DONE;
        }
        if (trailing != null) {
            throw new ApiException(
                    ErrorCode.USAGE, "-- stands where a command is expected", "write kalends submit … -- COMMAND …");
        }
        surroundings.err().print(TopHelp.text());
        return ErrorCode.USAGE.exitCode();
    }

    private static ApiException unknown(String first, Optional<String> second) {
        List<String> seconds = CommandTable.secondWords(first);
        if (!seconds.isEmpty()) {
            String message =
                    second.map(word -> "unknown command " + first + " " + word).orElse(first + " takes a second word");
            return new ApiException(ErrorCode.USAGE, message, "one of: " + String.join(", ", seconds));
        }
        String near = Nearest.to(first, CommandTable.firstWords())
                .map(word -> "did you mean " + word + "?   ")
                .orElse("");
        return new ApiException(ErrorCode.USAGE, "unknown command " + first, near + "all: kalends --help");
    }

    /** The place of the next word that is no option and no option's value. */
    private static int commandAt(List<String> words, int from) {
        int at = from;
        while (at < words.size() && words.get(at).startsWith("-")) {
            at += GlobalOptions.words(words.get(at));
        }
        return at;
    }

    private int tell(ApiException e, Format format) {
        try {
            surroundings.out().flush();
        } catch (ClosedPipe | OutputFailure ignored) {
            // What matters now is the error; stdout is gone and stays gone.
        }
        try {
            ErrorBody body = e.toBody();
            ErrorLines.print(surroundings.err(), body, format);
            surroundings.err().flush();
        } catch (ClosedPipe | OutputFailure ignored) {
            // Nobody can be told; the exit status still says it.
        }
        return e.code().exitCode();
    }

    private void debug(Throwable e) {
        if (surroundings.environment().get("KALENDS_DEBUG").isPresent()) {
            StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace));
            surroundings.err().print(trace.toString());
        }
    }

    /** The form that was asked for, read without parsing: also a usage error answers in it. */
    private Format askedFormat(List<String> arguments) {
        Optional<String> word = surroundings.environment().get("KALENDS_OUTPUT");
        for (int i = 0; i < arguments.size() && !arguments.get(i).equals("--"); i++) {
            String argument = arguments.get(i);
            if (argument.equals("-o") || argument.equals("--output")) {
                word = i + 1 < arguments.size() ? Optional.of(arguments.get(i + 1)) : word;
            } else if (argument.startsWith("--output=")) {
                word = Optional.of(argument.substring("--output=".length()));
            } else if (argument.startsWith("-o")) {
                word = Optional.of(argument.substring(argument.startsWith("-o=") ? 3 : 2));
            }
        }
        return word.flatMap(Format::ofWord).orElse(Format.AUTO);
    }
}
