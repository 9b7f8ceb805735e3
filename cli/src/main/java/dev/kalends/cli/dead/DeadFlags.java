package dev.kalends.cli.dead;

import dev.kalends.api.DeadRequest;
import dev.kalends.cli.command.Arguments;
import dev.kalends.cli.command.Grammar;
import dev.kalends.client.DeadQuery;
import dev.kalends.client.Flag;
import java.util.List;
import java.util.Optional;

/** The flags that choose dead letters; several of them narrow the choice. */
final class DeadFlags {
    static final String SYNOPSIS = "[--fingerprint F] [--error REGEX] [--job GLOB] [--since D]";

    private DeadFlags() {}

    static void declare(Grammar grammar) {
        grammar.value("--fingerprint", "F", "killed by this error, as dlq ls prints it")
                .value("--error", "REGEX", "with an error in which this is found")
                .value("--job", "GLOB", "of these jobs, by name with * and ?, or by id")
                .value("--since", "D", "dead since an instant, or within a duration");
    }

    static DeadQuery query(Arguments arguments, int limit, Optional<String> after) {
        return new DeadQuery(
                arguments.text("--fingerprint"),
                arguments.text("--job"),
                arguments.text("--error"),
                arguments.text("--since"),
                limit,
                after);
    }

    /** What is to be changed: something has to be named, because nothing would mean all. */
    static DeadRequest request(Arguments arguments, Flag canary) {
        List<String> runs = arguments.positionals();
        boolean all = arguments.has("--all");
        if (runs.isEmpty() && !all && !chosen(arguments)) {
            throw Arguments.usage("say which: RUN…, --fingerprint, --error, --job, or --all");
        }
        if (all && (!runs.isEmpty() || chosen(arguments))) {
            throw Arguments.usage("--all and a choice exclude each other");
        }
        return new DeadRequest(
                runs.isEmpty() ? null : runs,
                arguments.textOrNull("--fingerprint"),
                arguments.textOrNull("--error"),
                arguments.textOrNull("--job"),
                all ? true : null,
                arguments.textOrNull("--since"),
                null,
                null,
                canary == Flag.ON ? true : null);
    }

    private static boolean chosen(Arguments arguments) {
        return arguments.has("--fingerprint") || arguments.has("--error") || arguments.has("--job");
    }
}
