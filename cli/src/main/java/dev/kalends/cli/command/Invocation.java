package dev.kalends.cli.command;

import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorCode;
import dev.kalends.cli.io.Surroundings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** One command line on its way: parses the words of a command, reads the settings, runs it or prints its help. */
public final class Invocation {
    private static final int HELP_WIDTH_MAX = 120;

    private final String path;
    private final Command command;
    private final Grammar grammar;

    /**
     * Prepares.
     *
     * @param path the command word or words, such as {@code dlq ls}
     * @param description one line
     */
    public Invocation(String path, String description, Command command) {
        this.path = path;
        this.command = command;
        CommandSpec spec = CommandSpec.create().name("kalends " + path).interpolateVariables(false);
        spec.usageMessage().description(Grammar.escape(description) + ".", "").synopsisHeading("Usage: ");
        grammar = new Grammar(spec);
        command.declare(grammar);
        GlobalOptions.declare(grammar);
    }

    /**
     * Parses and runs.
     *
     * @param words everything but the command's own words, up to {@code --}
     * @param trailing what stood after {@code --}; null when there was none
     * @return the exit status
     */
    public int run(List<String> words, @Nullable List<String> trailing, Surroundings surroundings)
            throws IOException, InterruptedException {
        if (words.contains("-h") || words.contains("--help")) {
            surroundings.out().print(help(surroundings.terminal().width()));
            return Command.DONE;
        }
        try {
            ParseResult parsed = parse(words, trailing);
            SettingsReader reader = new SettingsReader(parsed, surroundings.environment());
            Settings settings = reader.read();
            Arguments arguments = new Arguments(parsed, grammar, reader.sources(), trailing);
            count(arguments.positionals());
            return command.run(arguments, new Session(surroundings, settings));
        } catch (ApiException e) {
            throw e.code() == ErrorCode.USAGE && e.hint().isEmpty() ? usage(e.message()) : e;
        }
    }

    /** What the command takes. */
    public String help(int width) {
        CommandLine line = new CommandLine(grammar.spec());
        line.setUsageHelpWidth(Math.clamp(width, 80, HELP_WIDTH_MAX));
        return line.getUsageMessage(Ansi.OFF) + "\nOptions for every command: kalends --help\n";
    }

    private ParseResult parse(List<String> words, @Nullable List<String> trailing) {
        CommandLine line = new CommandLine(grammar.spec());
        line.setExpandAtFiles(false);
        line.setAllowOptionsAsOptionParameters(false);
        List<String> all = new ArrayList<>(words);
        if (trailing != null && !grammar.takesTrailing()) {
            all.add("--");
            all.addAll(trailing);
        }
        try {
            return line.parseArgs(all.toArray(String[]::new));
        } catch (UnmatchedArgumentException e) {
            throw unmatched(e);
        } catch (MissingParameterException e) {
            throw usage(lowerCase(e.getMessage()));
        } catch (ParameterException e) {
            throw usage(lowerCase(e.getMessage()));
        }
    }

    /** picocli would say the same of a missing word, but not by its name. */
    private void count(List<String> positionals) {
        Grammar.Positionals wanted = grammar.positionals();
        if (positionals.size() < wanted.count().min()) {
            throw usage(wanted.label() + " is missing");
        }
        if (positionals.size() > wanted.count().max()) {
            throw usage(
                    "one word too many; found=" + positionals.get(wanted.count().max()));
        }
    }

    private ApiException unmatched(UnmatchedArgumentException e) {
        String word = e.getUnmatched().getFirst();
        if (word.startsWith("-") && word.length() > 1) {
            String name = word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
            Optional<String> near = Nearest.to(name, optionNames());
            return near.isPresent()
                    ? new ApiException(
                            ErrorCode.USAGE,
                            "unknown option " + name,
                            "did you mean " + near.get() + "?   all: kalends " + path + " --help")
                    : usage("unknown option " + name);
        }
        if (grammar.takesTrailing()) {
            return new ApiException(
                    ErrorCode.USAGE,
                    "-- must stand before COMMAND; found=" + word,
                    "write kalends " + path + " … -- " + word + " …");
        }
        return usage("one word too many; found=" + word);
    }

    private List<String> optionNames() {
        List<String> names = new ArrayList<>();
        for (OptionSpec option : grammar.spec().options()) {
            names.addAll(List.of(option.names()));
        }
        return names;
    }

    private ApiException usage(String message) {
        return new ApiException(ErrorCode.USAGE, message, "what it takes: kalends " + path + " --help");
    }

    private static String lowerCase(@Nullable String message) {
        String text = message == null ? "wrong usage" : message;
        return text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
    }
}
