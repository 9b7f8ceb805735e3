package dev.kalends.cli.complete;

import dev.kalends.cli.command.CommandModel;
import dev.kalends.cli.command.GlobalOptions;
import dev.kalends.cli.command.OptionModel;
import dev.kalends.cli.command.WordModel;
import java.util.ArrayList;
import java.util.List;

/** The completion script for bash, from version 3.2 on; it wants nothing of the package bash-completion. */
final class BashScript {
    private final CommandTree tree;
    private final StringBuilder out = new StringBuilder(32_768);

    BashScript(CommandTree tree) {
        this.tree = tree;
    }

    String text() {
        out.append("# bash completion for kalends: made by scripts/pages of what commands declare, do not edit.\n");
        out.append("# Source it, or put it where bash-completion looks; it works without that package.\n\n");
        models();
        words();
        values();
        out.append(ScriptText.read("kalends.bash"));
        return out.toString();
    }

    /** Which words a command is made of, and its options. */
    private void models() {
        out.append("# Sets options to those of command $1; false when it is no command, or not yet.\n");
        out.append("_kalends_options() {\n    case $1 in\n");
        for (CommandModel command : tree.commands()) {
            List<String> names = names(command.options());
            out.append("    '").append(command.path()).append("') options='");
            out.append(String.join(" ", names)).append("' ;;\n");
        }
        out.append("    *)\n        options=\n        return 1\n        ;;\n    esac\n}\n\n");
        out.append("_kalends_everywhere='").append(String.join(" ", names(GlobalOptions.models())));
        out.append("'\n\n");
    }

    private void words() {
        out.append("# Sets kind and choices for the word number $2, from 0 on, of command $1.\n");
        out.append("_kalends_word() {\n    kind='' choices=''\n    case $1:$2 in\n");
        out.append("    :0) choices='").append(texts(tree.firstWords())).append("' ;;\n");
        for (Candidate first : tree.firstWords()) {
            List<Candidate> second = tree.secondWords(first.text());
            if (!second.isEmpty()) {
                out.append("    ").append(first.text()).append(":0) choices='").append(texts(second));
                out.append("' ;;\n");
            }
        }
        for (CommandModel command : tree.commands()) {
            command.word().ifPresent(word -> word(command, word));
        }
        out.append("    esac\n}\n\n");
    }

    private void word(CommandModel command, WordModel word) {
        ValueKind first = ValueKind.of(command.path(), word, 0);
        ValueKind second = ValueKind.of(command.path(), word, 1);
        String path = command.path().replace(" ", "\\ ");
        if (first == second && first != ValueKind.CHOICE) {
            String number = word.most() > 2 ? "*" : word.most() == 1 ? "0" : "[01]";
            assign(path + ":" + number, first, word.choices());
        } else {
            assign(path + ":0", first, word.choices());
            if (word.most() > 1) {
                assign(path + ":1", second, List.of());
            }
        }
    }

    private void values() {
        out.append("# Sets values to how many words follow option $2 of command $1, kind and choices to what.\n");
        out.append("_kalends_value() {\n    values=1 kind='' choices=''\n    case $2 in\n");
        GlobalOptions.models().forEach(option -> value("", option));
        out.append("    *)\n        case $1:$2 in\n");
        for (CommandModel command : tree.commands()) {
            command.options().forEach(option -> value(command.path().replace(" ", "\\ ") + ":", option));
        }
        out.append("        *) values=0 ;;\n        esac\n        ;;\n    esac\n}\n\n");
    }

    private void value(String before, OptionModel option) {
        if (option.values() == 0) {
            return;
        }
        List<String> names = option.names().stream().map(name -> before + name).toList();
        String indent = before.isEmpty() ? "" : "    ";
        if (option.values() == 2) {
            out.append(indent).append("    ").append(String.join(" | ", names));
            out.append(") values=2 choices='")
                    .append(String.join(" ", option.choices()))
                    .append("' ;;\n");
            return;
        }
        out.append(indent);
        assign(String.join(" | ", names), ValueKind.of(option), option.choices());
    }

    private void assign(String pattern, ValueKind kind, List<String> choices) {
        String set = switch (kind) {
            case FREE -> "";
            case CHOICE -> "choices='" + String.join(" ", choices) + "' ";
            case FILE -> "kind=FILE ";
            case DIRECTORY -> "kind=DIRECTORY ";
            case JOB, RUN, JOB_OR_RUN, DEAD, NODE, QUEUE, TENANT, ZONE -> "kind=" + kind.word() + " ";
        };
        out.append("    ").append(pattern).append(") ").append(set).append(";;\n");
    }

    private static List<String> names(List<OptionModel> options) {
        List<String> names = new ArrayList<>();
        options.forEach(option -> names.addAll(option.names()));
        return names;
    }

    private static String texts(List<Candidate> words) {
        return String.join(" ", words.stream().map(Candidate::text).toList());
    }
}
