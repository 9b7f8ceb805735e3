package dev.kalends.cli.command;

import java.util.List;
import java.util.Set;

/** The options that every command takes, before or after its word. */
public final class GlobalOptions {
    /** Those with a value that follows as a word of its own. */
    private static final Set<String> VALUED =
            Set.of("--node", "-T", "--tenant", "--token-file", "-o", "--output", "--request-timeout", "--config");

    /** The names of all settings that a settings file may hold, those of daemons included. */
    static final List<String> SETTING_NAMES = List.of(
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
            "etcd",
            "zookeeper",
            "cluster");

    private GlobalOptions() {}

    /** Lines of help. */
    public static List<String> help() {
        return List.of(
                "      --node URL[,URL...]    nodes to ask (default " + Settings.NODE_DEFAULT + ")",
                "  -T, --tenant NAME          tenant (default: the token's own)",
                "      --token-file FILE      token to show (default: that of the same user's node)",
                "  -o, --output FORM          json, ndjson, wide or name",
                "  -q, --quiet                ids only",
                "      --utc                  absolute times in UTC",
                "      --request-timeout D    longest wait for an answer, retries included (default 30s)",
                "  -y, --yes                  do not ask",
                "      --no-color             no colours; so does NO_COLOR",
                "      --config FILE          settings (default $XDG_CONFIG_HOME/kalends/kalends.conf)",
                "  -h, --help                 what a command takes");
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
