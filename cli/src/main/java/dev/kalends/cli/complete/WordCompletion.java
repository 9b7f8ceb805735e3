package dev.kalends.cli.complete;

import dev.kalends.cli.command.CommandModel;
import dev.kalends.cli.command.OptionModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says what could stand at the cursor: commands, options, values; names as a {@link NameSource} knows them. */
public final class WordCompletion {
    private final CommandTree tree;
    private final NameSource names;

    public WordCompletion(CommandTree tree, NameSource names) {
        this.tree = tree;
        this.names = names;
    }

    /**
     * What fits.
     *
     * @param before the words before the cursor, without {@code kalends}
     * @param word the word at the cursor, up to the cursor
     */
    public List<Candidate> candidates(List<String> before, String word) {
        CommandCursor at = CommandCursor.after(tree, before);
        if (at.foreign()) {
            return List.of();
        }
        if (at.pending().isPresent()) {
            return values(at.pending().get(), word, "");
        }
        if (word.startsWith("--") && word.contains("=")) {
            int equals = word.indexOf('=');
            String name = word.substring(0, equals);
            return CommandTree.options(at.command()).stream()
                    .filter(option -> option.names().contains(name) && option.values() == 1)
                    .findFirst()
                    .map(option -> values(option, word.substring(equals + 1), name + "="))
                    .orElse(List.of());
        }
        if (word.startsWith("-")) {
            return options(at.command(), word);
        }
        if (at.command().isEmpty()) {
            List<Candidate> words = at.path().isEmpty()
                    ? tree.firstWords()
                    : tree.secondWords(at.path().getFirst());
            return matching(words, word);
        }
        return words(at.command().get(), at.words(), word);
    }

    /** What kind of value stands at the cursor: whether the caller should offer files. */
    public ValueKind kind(List<String> before) {
        CommandCursor at = CommandCursor.after(tree, before);
        if (at.pending().isPresent()) {
            return ValueKind.of(at.pending().get());
        }
        return at.command()
                .filter(_ -> !at.foreign())
                .flatMap(command -> command.word().map(word -> ValueKind.of(command.path(), word, at.words())))
                .orElse(ValueKind.FREE);
    }

    private static List<Candidate> options(Optional<CommandModel> command, String word) {
        List<Candidate> fitting = new ArrayList<>();
        for (OptionModel option : CommandTree.options(command)) {
            for (String name : option.names()) {
                fitting.add(new Candidate(name, option.description()));
            }
        }
        return matching(fitting, word);
    }

    private List<Candidate> words(CommandModel command, int index, String prefix) {
        return command.word()
                .filter(word -> index < word.most())
                .map(word -> {
                    ValueKind kind = ValueKind.of(command.path(), word, index);
                    return kind == ValueKind.CHOICE ? choices(word.choices(), prefix, "") : named(kind, prefix, "");
                })
                .orElse(List.of());
    }

    private List<Candidate> values(OptionModel option, String prefix, String before) {
        ValueKind kind = ValueKind.of(option);
        return kind == ValueKind.CHOICE ? choices(option.choices(), prefix, before) : named(kind, prefix, before);
    }

    private List<Candidate> named(ValueKind kind, String prefix, String before) {
        if (kind.word().isEmpty()) {
            return List.of();
        }
        return names.find(kind, prefix).stream()
                .filter(name -> name.text().startsWith(prefix))
                .map(name -> new Candidate(before + name.text(), name.description()))
                .toList();
    }

    private static List<Candidate> choices(List<String> choices, String prefix, String before) {
        return choices.stream()
                .filter(choice -> choice.startsWith(prefix))
                .map(choice -> new Candidate(before + choice, ""))
                .toList();
    }

    private static List<Candidate> matching(List<Candidate> all, String prefix) {
        return all.stream()
                .filter(candidate -> candidate.text().startsWith(prefix))
                .toList();
    }
}
