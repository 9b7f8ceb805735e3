package dev.kalends.cli.shell;

import dev.kalends.cli.command.CommandModel;
import dev.kalends.cli.command.OptionModel;
import dev.kalends.cli.command.WordModel;
import dev.kalends.cli.complete.Candidate;
import dev.kalends.cli.complete.CommandTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A few dim words behind the cursor: what could come next, in brackets. */
final class TailTip {
    private final CommandTree tree;

    TailTip(CommandTree tree) {
        this.tree = tree;
    }

    /** The tip for a line whose cursor stands at its end after a space; empty where there is nothing to say. */
    String after(String line, int widthMax) {
        if (!line.endsWith(" ") || line.isBlank() || ShellWords.of(line).ending() != ShellWords.Ending.COMPLETE) {
            return "";
        }
        String tip = text(ShellWords.of(line).texts());
        if (tip.isEmpty() || widthMax < 12) {
            return "";
        }
        String cut = tip.length() > widthMax - 2 ? tip.substring(0, widthMax - 3) + "…" : tip;
        return "[" + cut + "]";
    }

    private String text(List<String> words) {
        List<String> path = new ArrayList<>();
        Optional<CommandModel> command = Optional.empty();
        for (String word : words) {
            if (command.isEmpty() && !word.startsWith("-") && path.size() < 2) {
                path.add(word);
                command = tree.find(String.join(" ", path));
            }
        }
        if (words.contains("--")) {
            return "";
        }
        String last = words.getLast();
        Optional<OptionModel> option = CommandTree.options(command).stream()
                .filter(candidate -> candidate.names().contains(last) && candidate.values() > 0)
                .findFirst();
        if (option.isPresent()) {
            return option.get().label() + ": " + option.get().description();
        }
        if (command.isEmpty()) {
            return path.size() == 1
                    ? String.join(
                            ", ",
                            tree.secondWords(path.getFirst()).stream()
                                    .map(Candidate::text)
                                    .toList())
                    : "";
        }
        return command.get().path().equals(String.join(" ", words)) ? synopsis(command.get()) : "";
    }

    private static String synopsis(CommandModel command) {
        if (command.synopsis().isEmpty()) {
            return command.word().map(WordModel::label).orElse("");
        }
        return command.synopsis()
                .getFirst()
                .substring(("kalends " + command.path()).length())
                .strip();
    }
}
