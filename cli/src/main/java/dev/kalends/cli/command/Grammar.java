package dev.kalends.cli.command;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Range;

/**
 * What a command takes. Names are given as {@code --long} or {@code -s,--long} and read back by the long one.
 *
 * <p>Values stay texts here; {@link Arguments} reads numbers and durations, so that a wrong one is told in our words.
 */
public final class Grammar {
    private final CommandSpec spec;
    private final List<String> settings = new ArrayList<>();
    private final Map<String, List<String>> choicesByName = new HashMap<>();
    private Positionals positionals = new Positionals("", Range.valueOf("0"));
    private boolean trailing;

    /** What may stand without a flag, and how often. */
    record Positionals(String label, Range count) {}

    Grammar(CommandSpec spec) {
        this.spec = spec;
    }

    /** A flag with a value, given at most once. */
    public Grammar value(String names, String label, String description) {
        return option(names, label, description, "1", String.class);
    }

    /** A flag with a value that may be given several times. */
    public Grammar repeated(String names, String label, String description) {
        return option(names, label, description, "1", String[].class);
    }

    /** A flag with two values, such as {@code --http METHOD URL}. */
    public Grammar pair(String names, String label, String description) {
        return option(names, label, description, "2", String[].class);
    }

    /** A flag without a value. */
    public Grammar toggle(String names, String description) {
        spec.addOption(OptionSpec.builder(names.split(","))
                .type(boolean.class)
                .arity("0")
                .description(escape(description))
                .hidden(description.isEmpty())
                .build());
        return this;
    }

    /** A flag with a value that is also read from the environment and the settings file. */
    public Grammar setting(String names, String label, String description) {
        settings.add(names.substring(names.lastIndexOf("--")));
        return value(names, label, description);
    }

    /**
     * The positional parameters.
     *
     * @param count how many: {@code 1}, {@code 0..1}, {@code 1..*}
     */
    public Grammar positionals(String label, String count, String description) {
        positionals = new Positionals(label, Range.valueOf(count));
        spec.addPositional(PositionalParamSpec.builder()
                .index("0..*")
                .arity("0..*")
                .type(String[].class)
                .paramLabel(label)
                .description(escape(description))
                .build());
        return this;
    }

    /**
     * The words that a value may be, for completion; whether one is right is still the command's or the node's to say.
     *
     * @param name the long name of a flag, or the label of the positional parameters, whose first it is then
     */
    public Grammar choices(String name, String... words) {
        choicesByName.put(name, List.of(words));
        return this;
    }

    /** Everything after {@code --}, which must stand before it: a command line that is not ours. */
    public Grammar trailing() {
        trailing = true;
        return this;
    }

    /** How the command line looks, one variant a line, without {@code kalends}. */
    public Grammar synopsis(String... lines) {
        String[] synopsis = new String[lines.length];
        for (int i = 0; i < lines.length; i++) {
            synopsis[i] = escape("kalends " + lines[i]);
        }
        spec.usageMessage().customSynopsis(synopsis);
        return this;
    }

    /** Whole command lines that show the command at work. */
    public Grammar examples(String... lines) {
        List<String> footer = new ArrayList<>();
        footer.add("");
        footer.add("Examples:");
        for (String line : lines) {
            footer.add("  " + escape(line));
        }
        spec.usageMessage().footer(footer.toArray(String[]::new));
        return this;
    }

    CommandSpec spec() {
        return spec;
    }

    Positionals positionals() {
        return positionals;
    }

    List<String> choices(String name) {
        return choicesByName.getOrDefault(name, List.of());
    }

    boolean takesTrailing() {
        return trailing;
    }

    boolean isSetting(String longName) {
        return settings.contains(longName);
    }

    private Grammar option(String names, String label, String description, String arity, Class<?> type) {
        spec.addOption(OptionSpec.builder(names.split(","))
                .type(type)
                .arity(arity)
                .paramLabel(label)
                .hideParamSyntax(true)
                .description(escape(description))
                .hidden(description.isEmpty())
                .build());
        return this;
    }

    /** picocli reads descriptions as format strings. */
    static String escape(String text) {
        return text.replace("%", "%%");
    }
}
