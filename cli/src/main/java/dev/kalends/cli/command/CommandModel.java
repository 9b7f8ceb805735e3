package dev.kalends.cli.command;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * A command as it declares itself, for whoever tells about it: manual pages, completion, the shell. Options that every
 * command takes are {@link GlobalOptions#models()}.
 *
 * @param path the command word or words, such as {@code dlq ls}
 * @param line what it does, in one line without a full stop
 * @param synopsis whole command lines, one variant each
 * @param trailing whether a foreign command line may follow after {@code --}
 * @param examples whole command lines
 */
public record CommandModel(
        String path,
        String line,
        List<String> synopsis,
        List<OptionModel> options,
        Optional<WordModel> word,
        boolean trailing,
        List<String> examples) {
    public CommandModel {
        synopsis = List.copyOf(synopsis);
        options = List.copyOf(options);
        examples = List.copyOf(examples);
    }

    /** What a command declares. */
    public static CommandModel of(String path, String line, Command command) {
        CommandSpec spec = CommandSpec.create().name("kalends " + path).interpolateVariables(false);
        Grammar grammar = new Grammar(spec);
        command.declare(grammar);
        List<String> examples = new ArrayList<>();
        for (String foot : spec.usageMessage().footer()) {
            if (foot.startsWith("  ")) {
                examples.add(unescape(foot.substring(2)));
            }
        }
        return new CommandModel(
                path,
                line,
                unescape(spec.usageMessage().customSynopsis()),
                options(grammar),
                word(grammar),
                grammar.takesTrailing(),
                examples);
    }

    /** The first word of the path: the command that people look up. */
    public String first() {
        return path.split(" ", 2)[0];
    }

    static List<OptionModel> options(Grammar grammar) {
        List<OptionModel> options = new ArrayList<>();
        for (OptionSpec option : grammar.spec().options()) {
            List<String> names = new ArrayList<>(List.of(option.names()));
            names.sort(Comparator.comparingInt(String::length));
            int values = option.arity().max();
            options.add(new OptionModel(
                    names,
                    values,
                    values == 0 ? "" : option.paramLabel(),
                    option.description().length == 0 ? "" : unescape(option.description()[0]),
                    values == 1 && option.type().isArray(),
                    grammar.choices(names.getLast())));
        }
        return options;
    }

    private static Optional<WordModel> word(Grammar grammar) {
        List<PositionalParamSpec> specs = grammar.spec().positionalParameters();
        if (specs.isEmpty()) {
            return Optional.empty();
        }
        PositionalParamSpec spec = specs.getFirst();
        return Optional.of(new WordModel(
                spec.paramLabel(),
                grammar.positionals().count().max(),
                unescape(spec.description()[0]),
                grammar.choices(spec.paramLabel())));
    }

    private static List<String> unescape(String[] texts) {
        List<String> plain = new ArrayList<>();
        for (String text : texts) {
            plain.add(unescape(text));
        }
        return plain;
    }

    private static String unescape(String text) {
        return text.replace("%%", "%");
    }
}
