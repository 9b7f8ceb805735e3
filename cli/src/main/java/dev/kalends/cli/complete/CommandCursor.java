package dev.kalends.cli.complete;

import dev.kalends.cli.command.CommandModel;
import dev.kalends.cli.command.OptionModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where the words before the cursor have led to.
 *
 * @param path the command words so far, none, one or two
 * @param command the command, once its words are complete
 * @param words how many words without an option followed them
 * @param pending the option whose value is still to come
 * @param foreign whether {@code --} has been passed
 */
record CommandCursor(
        List<String> path, Optional<CommandModel> command, int words, Optional<OptionModel> pending, boolean foreign) {

    /** Reads the words before the cursor. */
    static CommandCursor after(CommandTree tree, List<String> before) {
        List<String> path = new ArrayList<>();
        Optional<CommandModel> command = Optional.empty();
        int words = 0;
        for (int at = 0; at < before.size(); at++) {
            String word = before.get(at);
            if (word.equals("--")) {
                return new CommandCursor(path, command, words, Optional.empty(), true);
            }
            if (word.startsWith("-") && word.length() > 1) {
                Optional<OptionModel> option = word.contains("=") ? Optional.empty() : option(command, word);
                int values = option.map(OptionModel::values).orElse(0);
                if (values > 0 && at + values >= before.size()) {
                    boolean second = values == 2 && at + 1 < before.size();
                    return new CommandCursor(
                            path, command, words, second ? option.map(CommandCursor::second) : option, false);
                }
                at += values;
            } else if (command.isEmpty()) {
                path.add(word);
                command = tree.find(String.join(" ", path));
            } else {
                words++;
            }
        }
        return new CommandCursor(path, command, words, Optional.empty(), false);
    }

    /** What remains to be said of an option whose first value of two has been given. */
    private static OptionModel second(OptionModel option) {
        return new OptionModel(option.names(), 1, "", option.description(), option.repeated(), List.of());
    }

    private static Optional<OptionModel> option(Optional<CommandModel> command, String name) {
        return CommandTree.options(command).stream()
                .filter(option -> option.names().contains(name))
                .findFirst();
    }
}
