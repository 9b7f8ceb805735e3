package dev.kalends.cli.main;

import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorCode;
import dev.kalends.cli.command.Arguments;
import dev.kalends.cli.command.Command;
import dev.kalends.cli.command.Grammar;
import dev.kalends.cli.command.Session;
import dev.kalends.cli.output.JsonObject;
import dev.kalends.cli.output.Paint;
import dev.kalends.cli.output.Rendering;
import dev.kalends.cli.output.SafeText;
import dev.kalends.node.Restore;
import dev.kalends.node.StartFailedException;
import java.nio.file.Path;

/**
 * {@code restore}: makes a new data directory of a backup, here and while no node runs on it, and says what that means
 * for the runs that were done after the backup.
 */
final class RestoreCommand implements Command {
    @Override
    public void declare(Grammar grammar) {
        grammar.synopsis("restore DIR [--data-dir NEW] [--run-due]")
                .positionals("DIR", "1", "what kalends backup wrote; it stays as it is")
                .setting("--data-dir", "NEW", "a new or empty directory (default: as kalends node)")
                .toggle("--run-due", "let one-offs run that came due since: perhaps for the second time")
                .examples("kalends restore /var/backups/kalends-2026-03-07 --data-dir /srv/kalends-restored");
    }

    @Override
    public int run(Arguments arguments, Session session) {
        Path backup = absolute(arguments.positionals().getFirst());
        Path target = arguments
                .text("--data-dir")
                .map(RestoreCommand::absolute)
                .orElseGet(() -> session.surroundings().environment().dataDirectory());
        Restore.Due due = arguments.has("--run-due") ? Restore.Due.RUN : Restore.Due.HOLD;
        try {
            print(
                    session,
                    target,
                    Restore.run(
                            backup, target, due, session.surroundings().clocks().wall()));
            return DONE;
        } catch (StartFailedException e) {
            throw refused(e);
        }
    }

    private static Path absolute(String path) {
        return Path.of(path).toAbsolutePath().normalize();
    }

    /** The statuses of daemons mean nothing for a command that ends at once. */
    private static ApiException refused(StartFailedException e) {
        ErrorCode code = switch (e.exit()) {
            case CONFIGURATION -> ErrorCode.INVALID;
            case UNAVAILABLE, TEMPORARY, INTERNAL, DRAINED -> ErrorCode.FAILED;
        };
        return new ApiException(code, e.message(), e.hint().orElse(""));
    }

    private static void print(Session session, Path target, Restore.Restored restored) {
        Rendering to = session.rendering();
        if (to.format().isJson()) {
            to.json(new JsonObject()
                    .text("dataDirectory", target.toString())
                    .number("partitions", restored.partitions())
                    .number("incarnation", restored.incarnation())
                    .number("held", restored.held()));
            return;
        }
        String safe = SafeText.field(target.toString());
        if (!to.forPeople()) {
            to.out()
                    .line(
                            to.quiet()
                                    ? safe
                                    : safe + "\t" + restored.partitions() + "\t" + restored.incarnation() + "\t"
                                            + restored.held());
        } else {
            String partitions = restored.partitions() + (restored.partitions() == 1 ? " partition" : " partitions");
            to.out()
                    .line(to.paint(Paint.GOOD, "restored") + " " + safe + "  (" + partitions + ", incarnation "
                            + restored.incarnation() + ")");
        }
        explain(session, safe, restored.held());
    }

    private static void explain(Session session, String target, long held) {
        session.tell("What was done after the backup is not in it:");
        session.tell(
                "  runs of recurring jobs since then are judged by their catch-up policy when the node starts; one");
        session.tell("    that runs again has the run id it had, so an idempotent job does it once");
        session.tell("  runs that were open in the backup are tried again when their leases are over");
        session.tell("  jobs that were accepted or cancelled since then are as they were: submit or cancel them again");
        if (held > 0) {
            session.tell("  " + held + (held == 1 ? " one-off is" : " one-offs are")
                    + " held: due before now, perhaps done already. See: kalends ls --state paused");
            session.tell("    run one: kalends resume JOB   drop one: kalends cancel JOB");
        }
        session.tell("start it: kalends node --data-dir " + target);
    }
}
