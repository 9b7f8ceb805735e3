package dev.kalends.cli.command;

import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorCode;
import dev.kalends.schedule.DurationText;
import dev.kalends.schedule.ScheduleFormatException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** What a command was given, read by the long names it declared. */
public final class Arguments {
    private final ParseResult parsed;
    private final Grammar grammar;
    private final SettingSources sources;
    private final @Nullable List<String> trailing;

    Arguments(ParseResult parsed, Grammar grammar, SettingSources sources, @Nullable List<String> trailing) {
        this.parsed = parsed;
        this.grammar = grammar;
        this.sources = sources;
        this.trailing = trailing;
    }

    /** The value of a flag; for a setting also from the environment or the settings file. */
    public Optional<String> text(String name) {
        String given = parsed.matchedOptionValue(name, (String) null);
        if (given != null) {
            return Optional.of(given);
        }
        return grammar.isSetting(name) ? sources.find(name.substring(2)) : Optional.empty();
    }

    /** The value of a flag, or null: for records whose absent fields are null. */
    public @Nullable String textOrNull(String name) {
        return text(name).orElse(null);
    }

    /** All values of a repeated flag, or both of a pair; empty when it was not given. */
    public List<String> texts(String name) {
        String[] given = parsed.matchedOptionValue(name, (String[]) null);
        return given == null ? List.of() : List.of(given);
    }

    /** Where settings come from that no flag names. */
    public SettingSources sources() {
        return sources;
    }

    /** Whether a flag was given. */
    public boolean has(String name) {
        return parsed.hasMatchedOption(name);
    }

    /** The long names of all flags that were given, global ones apart. */
    public List<String> given() {
        List<String> names = new ArrayList<>();
        for (OptionSpec option : parsed.matchedOptions()) {
            if (!option.hidden()) {
                names.add(option.longestName());
            }
        }
        return names;
    }

    /** The positional parameters, those after {@code --} included where the command takes no command line. */
    public List<String> positionals() {
        String[] given = parsed.matchedPositionals().isEmpty()
                ? new String[0]
                : parsed.matchedPositionals().getFirst().getValue();
        return given == null ? List.of() : List.of(given);
    }

    /** What stood after {@code --}; empty when there was no {@code --}. */
    public Optional<List<String>> trailing() {
        return Optional.ofNullable(trailing);
    }

    /** A whole number within bounds. */
    public OptionalLong wholeNumber(String name, long min, long max) {
        Optional<String> given = text(name);
        if (given.isEmpty()) {
            return OptionalLong.empty();
        }
        String text = given.get();
        boolean digits = !text.isEmpty() && text.length() <= 18 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        long number = digits ? Long.parseLong(text) : -1;
        if (number < min || number > max) {
            throw usage(name + " takes a whole number from " + min + " to " + max + "; value=" + text);
        }
        return OptionalLong.of(number);
    }

    /** A duration such as {@code 1h30m}, in milliseconds. */
    public OptionalLong durationMs(String name) {
        Optional<String> given = text(name);
        return given.isEmpty() ? OptionalLong.empty() : OptionalLong.of(durationMs(name, given.get()));
    }

    static long durationMs(String name, String text) {
        try {
            return DurationText.parse(text);
        } catch (ScheduleFormatException e) {
            throw usage(name + ": " + e.getMessage());
        }
    }

    /** A usage error; what the command takes is the next step. */
    public static ApiException usage(String message) {
        return new ApiException(ErrorCode.USAGE, message, "");
    }
}
