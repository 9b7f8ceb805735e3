package dev.kalends.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The options that every command takes, before or after its word. */
public final class GlobalOptions {
    /** Those with a value that follows as a word of its own. */
    private static final Set<String> VALUED =
            Set.of("--node", "-T", "--tenant", "--token-file", "-o", "--output", "--request-timeout", "--config");

    /** The names of all settings that a settings file may hold, those of daemons included. */
    public static final List<String> SETTING_NAMES = List.of(
            "node",
            "tenant",
            "token-file",
            "output",
            "utc",
            "no-color",
            "request-timeout",
            "data-dir",
            "listen",
            "workers",
            "partitions",
            "skew-slo",
            "history-max",
            "slots",
            "queue",
            "sandbox",
            "no-worker",
            "insecure",
            "access-log",
            "node-id",
            "drain-timeout",
            "kafka",
            "kafka-properties",
            "etcd",
            "zookeeper",
            "cluster",
            "advertise",
            "standby");

    private GlobalOptions() {}

    private static final List<OptionModel> MODELS = List.of(
            valued(List.of("--node"), "URL[,URL...]", "nodes to ask (default " + Settings.NODE_DEFAULT + ")"),
            valued(List.of("-T", "--tenant"), "NAME", "tenant (default: the token's own)"),
            valued(List.of("--token-file"), "FILE", "token to show (default: that of the same user's node)"),
            new OptionModel(
                    List.of("-o", "--output"),
                    1,
                    "FORM",
                    "json, ndjson, wide or name",
                    false,
                    List.of("json", "ndjson", "wide", "name")),
            toggle(List.of("-q", "--quiet"), "ids only"),
            toggle(List.of("--utc"), "absolute times in UTC"),
            valued(List.of("--request-timeout"), "D", "longest wait for an answer, retries included (default 30s)"),
            toggle(List.of("-y", "--yes"), "do not ask"),
            toggle(List.of("--no-color"), "no colours; so does NO_COLOR"),
            valued(List.of("--config"), "FILE", "settings (default $XDG_CONFIG_HOME/kalends/kalends.conf)"),
            toggle(List.of("-h", "--help"), "what a command takes"));

    /** All of them, in the order of the help. */
    public static List<OptionModel> models() {
        return MODELS;
    }

    /** Lines of help. */
    public static List<String> help() {
        List<String> lines = new ArrayList<>();
        for (OptionModel option : MODELS) {
            String names = option.names().size() > 1 ? String.join(", ", option.names()) : "    " + option.longName();
            String taken = option.values() == 0 ? names : names + " " + option.label();
            lines.add(String.format("  %-27s%s", taken, option.description()).stripTrailing());
        }
        return lines;
    }

    private static OptionModel valued(List<String> names, String label, String description) {
        return new OptionModel(names, 1, label, description, false, List.of());
    }

    private static OptionModel toggle(List<String> names, String description) {
        return new OptionModel(names, 0, "", description, false, List.of());
    }

    /** How many words an option before the command word takes, itself included. */
    public static int words(String argument) {
        return VALUED.contains(argument) ? 2 : 1;
    }

    static void declare(Grammar grammar) {
        grammar.value("--node", "URL", "")
                .value("-T,--tenant", "NAME", "")
                .value("--token-file", "FILE", "")
                .value("-o,--output", "FORM", "")
                .toggle("-q,--quiet", "")
                .toggle("--utc", "")
                .value("--request-timeout", "D", "")
                .toggle("-y,--yes", "")
                .toggle("--no-color", "")
                .value("--config", "FILE", "")
                .toggle("-h,--help", "");
    }
}
