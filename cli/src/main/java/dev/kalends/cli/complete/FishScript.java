package dev.kalends.cli.complete;

import dev.kalends.cli.command.CommandModel;
import dev.kalends.cli.command.GlobalOptions;
import dev.kalends.cli.command.OptionModel;
import dev.kalends.cli.command.WordModel;
import java.util.ArrayList;
import java.util.List;

/** The completion script for fish: commands, options and names with what they mean. */
final class FishScript {
    private final CommandTree tree;
    private final StringBuilder out = new StringBuilder(32_768);

    FishScript(CommandTree tree) {
        this.tree = tree;
    }

    String text() {
        out.append("# fish completion for kalends: made by scripts/pages of what commands declare, do not edit.\n");
        out.append("# Put it as kalends.fish into ~/.config/fish/completions.\n\n");
        paths();
        valued();
        out.append(ScriptText.read("kalends.fish"));
        out.append('\n');
        for (Candidate word : tree.firstWords()) {
            offer("", word);
            tree.secondWords(word.text()).forEach(second -> offer(word.text(), second));
        }
        GlobalOptions.models().forEach(option -> option("not __kalends_foreign", option));
        for (CommandModel command : tree.commands()) {
            out.append('\n');
            command.options().forEach(option -> option(at(command.path()), option));
            command.word().ifPresent(word -> word(command, word));
        }
        return out.toString();
    }

    private void paths() {
        out.append("# Whether the words are a whole command.\nfunction __kalends_command\n    contains -- \"$argv\"");
        int width = 0;
        for (CommandModel command : tree.commands()) {
            width += command.path().length();
            out.append(width > 70 ? " \\\n       " : "").append(' ').append(quoted(command.path()));
            width = width > 70 ? 0 : width;
        }
        out.append("\nend\n\n");
    }

    private void valued() {
        out.append("# How many words follow an option: its command, its name.\n");
        out.append("function __kalends_values\n    switch $argv[2]\n        case");
        GlobalOptions.models().stream()
                .filter(option -> option.values() == 1)
                .forEach(
                        option -> option.names().forEach(name -> out.append(' ').append(name)));
        out.append("\n            echo 1\n            return\n    end\n    switch \"$argv\"\n");
        for (int values = 1; values <= 2; values++) {
            List<String> names = new ArrayList<>();
            for (CommandModel command : tree.commands()) {
                for (OptionModel option : command.options()) {
                    if (option.values() == values) {
                        option.names().forEach(name -> names.add(quoted(command.path() + " " + name)));
                    }
                }
            }
            out.append("        case ").append(String.join(" \\\n            ", names));
            out.append("\n            echo ").append(values).append('\n');
        }
        out.append("        case '*'\n            echo 0\n    end\nend\n\n");
    }

    private void offer(String path, Candidate word) {
        out.append("complete -c kalends -n ").append(quoted(at(path) + " 0 1")).append(" -a ");
        out.append(word.text())
                .append(" -d ")
                .append(quoted(word.description()))
                .append('\n');
    }

    private void option(String condition, OptionModel option) {
        out.append("complete -c kalends -n ").append(quoted(condition));
        for (String name : option.names()) {
            out.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
        }
        if (option.values() > 0) {
            out.append(values(ValueKind.of(option), option.choices()));
        }
        out.append(" -d ").append(quoted(option.description())).append('\n');
    }

    private void word(CommandModel command, WordModel word) {
        ValueKind first = ValueKind.of(command.path(), word, 0);
        ValueKind second = ValueKind.of(command.path(), word, 1);
        if (first == second || word.most() == 1) {
            word(at(command.path()) + " 0 " + Math.min(word.most(), 9999), first, word.choices());
        } else {
            word(at(command.path()) + " 0 1", first, word.choices());
            word(at(command.path()) + " 1 2", second, List.of());
        }
    }

    private void word(String condition, ValueKind kind, List<String> choices) {
        if (kind != ValueKind.FREE) {
            String values =
                    kind == ValueKind.FILE ? " -F" : values(kind, choices).replaceFirst("^ -x", "");
            out.append("complete -c kalends -n ")
                    .append(quoted(condition))
                    .append(values)
                    .append('\n');
        }
    }

    private static String values(ValueKind kind, List<String> choices) {
        return switch (kind) {
            case FREE -> " -x";
            case CHOICE -> " -x -a " + quoted(String.join(" ", choices));
            case FILE -> " -r -F";
            case DIRECTORY -> " -x -a '(__fish_complete_directories)'";
            case JOB, RUN, JOB_OR_RUN, DEAD, NODE, QUEUE, TENANT, ZONE ->
                " -x -a '(__kalends_names " + kind.word() + ")'";
        };
    }

    private static String at(String path) {
        return "__kalends_at \"" + path + "\"";
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
