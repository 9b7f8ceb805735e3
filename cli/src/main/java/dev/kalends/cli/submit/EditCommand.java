package dev.kalends.cli.submit;

import dev.kalends.api.EditView;
import dev.kalends.api.JobRequest;
import dev.kalends.cli.command.Arguments;
import dev.kalends.cli.command.Command;
import dev.kalends.cli.command.Grammar;
import dev.kalends.cli.command.Session;
import dev.kalends.client.Flag;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code edit}: changes single fields of a job, from its next fire on; runs that have fired stay as they were. */
public final class EditCommand implements Command {
    private static final List<String> FIXED = List.of("--name", "--key");
    private static final List<String> NO_CHANGE = List.of("--dry-run");
    /** Flags whose field is called otherwise. */
    private static final Map<String, String> FIELD_BY_FLAG =
            Map.of("label", "labels", "header", "http", "body", "http");

    @Override
    public void declare(Grammar grammar) {
        grammar.synopsis("edit JOB [submit's flags] [--unset FIELD]… [--dry-run] [-- COMMAND [ARG]…]")
                .positionals("JOB", "1", "name or id");
        JobFlags.declare(grammar);
        grammar.repeated(
                        "--unset",
                        "FIELD",
                        "back to its default: timeout, until, labels.team, env.DEBUG; may be repeated")
                .toggle("--dry-run", "show what would change, change nothing")
                .examples(
                        "kalends edit nightly --cron '30 3 * * *' --timeout 2h --dry-run",
                        "kalends edit nightly --unset until -l team=ops",
                        "kalends edit nightly -- /opt/backup.sh --all");
    }

    @Override
    public int run(Arguments arguments, Session session) throws IOException {
        for (String flag : FIXED) {
            if (arguments.has(flag)) {
                throw Arguments.usage("a job keeps its name and its key; unexpected=" + flag);
            }
        }
        boolean changes = arguments.given().stream().anyMatch(flag -> !NO_CHANGE.contains(flag));
        if (!changes && arguments.trailing().isEmpty()) {
            throw Arguments.usage("say what to change: flags of submit, --unset FIELD, or -- COMMAND");
        }
        JobRequest edit = JobFlags.read(arguments, session);
        Flag dryRun = arguments.has("--dry-run") ? Flag.ON : Flag.OFF;
        String job = arguments.positionals().getFirst();
        EditView edited = session.client().edit(job, edit, unset(arguments.texts("--unset")), dryRun);
        EditReport.print(session, edited);
        return DONE;
    }

    /** Fields by their names in JSON, also where they were called as the flags are. */
    private static List<String> unset(List<String> given) {
        List<String> fields = new ArrayList<>();
        for (String text : given) {
            for (String name : text.split(",", -1)) {
                if (name.isEmpty()) {
                    throw Arguments.usage("--unset takes names of fields; value=" + text);
                }
                fields.add(field(name));
            }
        }
        return fields;
    }

    private static String field(String name) {
        String plain = name.startsWith("--") ? name.substring(2) : name;
        int dot = plain.indexOf('.');
        String head = dot < 0 ? plain : plain.substring(0, dot);
        StringBuilder camel = new StringBuilder();
        for (String word : head.split("-", -1)) {
            boolean first = camel.isEmpty() || word.isEmpty();
            camel.append(first ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
        }
        String field = FIELD_BY_FLAG.getOrDefault(camel.toString(), camel.toString());
        return dot < 0 ? field : field + plain.substring(dot);
    }
}
