package dev.kalends.cli.complete;

import dev.kalends.cli.command.CommandModel;
import dev.kalends.cli.command.GlobalOptions;
import dev.kalends.cli.command.OptionModel;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The words of all commands, as a tree of one or two levels. */
public record CommandTree(List<CommandModel> commands) {
    public CommandTree {
        commands = List.copyOf(commands);
    }

    /** First words, each with what it does; of several commands with the same, what follows. */
    public List<Candidate> firstWords() {
        Set<String> seen = new LinkedHashSet<>();
        List<Candidate> words = new ArrayList<>();
        for (CommandModel command : commands) {
            if (seen.add(command.first())) {
                List<Candidate> second = secondWords(command.first());
                String description = second.size() < 2
                        ? command.line()
                        : String.join(", ", second.stream().map(Candidate::text).toList());
                words.add(new Candidate(command.first(), description));
            }
        }
        return words;
    }

    /** The second words of a first one; none where it is a command itself. */
    public List<Candidate> secondWords(String first) {
        List<Candidate> words = new ArrayList<>();
        for (CommandModel command : commands) {
            if (command.path().startsWith(first + " ")) {
                words.add(new Candidate(command.path().substring(first.length() + 1), command.line()));
            }
        }
        return words;
    }

    /** A command by its words. */
    public Optional<CommandModel> find(String path) {
        return commands.stream().filter(command -> command.path().equals(path)).findFirst();
    }

    /** The options of a command and those of all commands; only the latter where there is no command yet. */
    public static List<OptionModel> options(Optional<CommandModel> command) {
        List<OptionModel> options = new ArrayList<>();
        command.ifPresent(given -> options.addAll(given.options()));
        options.addAll(GlobalOptions.models());
        return options;
    }
}
