package dev.kalends.cli.complete;

import dev.kalends.cli.command.CommandModel;
import dev.kalends.cli.command.GlobalOptions;
import dev.kalends.cli.command.OptionModel;
import dev.kalends.cli.command.WordModel;
import java.util.ArrayList;
import java.util.List;

/** The completion script for zsh: commands, options and names with what they mean. */
final class ZshScript {
    private final CommandTree tree;
    private final StringBuilder out = new StringBuilder(32_768);

    ZshScript(CommandTree tree) {
        this.tree = tree;
    }

    String text() {
        out.append("#compdef kalends\n");
        out.append("# zsh completion for kalends: made by scripts/pages of what commands declare, do not edit.\n");
        out.append("# Put it as _kalends into a directory of $fpath, or: eval \"$(kalends completion zsh)\"\n\n");
        out.append("(( $+functions[compdef] )) && compdef _kalends kalends\n\n");
        described("_kalends_commands", "command", tree.firstWords());
        out.append("_kalends_global_specs() {\n    reply=(\n");
        GlobalOptions.models().forEach(this::option);
        out.append("    )\n}\n\n");
        for (CommandModel command : tree.commands()) {
            command(command);
        }
        dispatch();
        out.append(ScriptText.read("kalends.zsh"));
        return out.toString();
    }

    private void described(String function, String what, List<Candidate> words) {
        out.append(function).append("() {\n    local -a found=(\n");
        for (Candidate word : words) {
            String entry = word.text() + ":" + word.description().replace(":", "\\:");
            out.append("        ").append(ScriptText.quoted(entry)).append('\n');
        }
        out.append("    )\n    _describe -t commands ").append(what).append(" found\n}\n\n");
    }

    private void command(CommandModel command) {
        out.append(function(command.path())).append("() {\n    local -a reply\n    _kalends_global_specs\n");
        out.append("    _arguments -s -S $reply \\\n");
        List<String> specs = new ArrayList<>();
        command.options().forEach(option -> specs.add(spec(option)));
        command.word().ifPresent(word -> specs.addAll(words(command, word)));
        for (String spec : specs) {
            out.append("        ").append(spec).append(" \\\n");
        }
        out.setLength(out.length() - 3);
        out.append("\n}\n\n");
    }

    private void option(OptionModel option) {
        out.append("        ").append(spec(option)).append('\n');
    }

    private static String spec(OptionModel option) {
        StringBuilder rest = new StringBuilder();
        rest.append('[').append(escaped(option.description())).append(']');
        if (option.values() > 0) {
            rest.append(argument(option.label().split(" ", 2)[0], ValueKind.of(option), option.choices()));
        }
        if (option.values() == 2) {
            rest.append(argument(option.label().split(" ", 2)[1], ValueKind.FREE, List.of()));
        }
        String star = option.repeated() ? "*" : "";
        if (option.names().size() == 1) {
            String equals = option.values() == 1 ? "=" : "";
            return ScriptText.quoted(star + option.longName() + equals + rest);
        }
        String exclude = option.repeated() ? "*" : "(" + String.join(" ", option.names()) + ")";
        List<String> names = new ArrayList<>();
        for (String name : option.names()) {
            String mark = option.values() == 0 ? "" : name.startsWith("--") ? "=" : "+";
            names.add(name + mark);
        }
        return ScriptText.quoted(exclude) + "{" + String.join(",", names) + "}" + ScriptText.quoted(rest.toString());
    }

    private static List<String> words(CommandModel command, WordModel word) {
        ValueKind first = ValueKind.of(command.path(), word, 0);
        ValueKind second = ValueKind.of(command.path(), word, 1);
        if (word.most() > 2) {
            return List.of(ScriptText.quoted("*" + argument(word.label(), first, word.choices())));
        }
        List<String> specs = new ArrayList<>();
        specs.add(ScriptText.quoted("1" + argument(word.label(), first, word.choices())));
        if (word.most() == 2) {
            specs.add(ScriptText.quoted("2" + argument("name", second, List.of())));
        }
        return List.copyOf(specs);
    }

    private static String argument(String label, ValueKind kind, List<String> choices) {
        String action = switch (kind) {
            case FREE -> " ";
            case CHOICE -> "(" + String.join(" ", choices) + ")";
            case FILE -> "_files";
            case DIRECTORY -> "_files -/";
            case JOB, RUN, JOB_OR_RUN, DEAD, NODE, QUEUE, TENANT, ZONE -> "_kalends_names " + kind.word();
        };
        return ":" + label.replace(":", "\\:") + ":" + action;
    }

    /** From the words of a command to its function. */
    private void dispatch() {
        out.append("_kalends_dispatch() {\n    case $words[1] in\n");
        for (Candidate first : tree.firstWords()) {
            List<Candidate> second = tree.secondWords(first.text());
            String word = first.text();
            out.append("    ").append(word).append(") ");
            out.append(second.isEmpty() ? function(word) : "_kalends_second_" + word)
                    .append(" ;;\n");
        }
        out.append("    esac\n}\n\n");
        for (Candidate first : tree.firstWords()) {
            List<Candidate> second = tree.secondWords(first.text());
            if (!second.isEmpty()) {
                second(first.text(), second);
            }
        }
    }

    private void second(String first, List<Candidate> words) {
        described("_kalends_words_" + first, "command", words);
        out.append("_kalends_second_").append(first).append("() {\n");
        out.append("    local -a reply line state\n    local ret=1\n    _kalends_global_specs\n");
        out.append("    _arguments -C -s -S $reply '1: :_kalends_words_").append(first);
        out.append("' '*:: :->rest' && ret=0\n    [[ $state == rest ]] && case $words[1] in\n");
        for (Candidate word : words) {
            out.append("    ").append(word.text()).append(") ").append(function(first + " " + word.text()));
            out.append(" && ret=0 ;;\n");
        }
        out.append("    esac\n    return ret\n}\n\n");
    }

    private static String function(String path) {
        return "_kalends_do_" + path.replace(' ', '_').replace('-', '_');
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\")
                .replace("[", "\\[")
                .replace("]", "\\]")
                .replace(":", "\\:");
    }
}
