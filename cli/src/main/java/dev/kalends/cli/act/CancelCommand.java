package dev.kalends.cli.act;

import dev.kalends.cli.command.Arguments;
import dev.kalends.cli.command.Command;
import dev.kalends.cli.command.Confirmation;
import dev.kalends.cli.command.Grammar;
import dev.kalends.cli.command.Session;
import dev.kalends.client.Flag;
import dev.kalends.client.NodeClient;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** {@code cancel}: ends jobs, or single runs. */
public final class CancelCommand implements Command {
    private static final Set<String> OVER = Set.of("finished", "cancelled");

    @Override
    public void declare(Grammar grammar) {
        grammar.synopsis("cancel JOB|RUN… [--running]", "cancel -l k=v… [--running] [--dry-run] [--yes]")
                .positionals("JOB|RUN", "0..*", "name or id of a job, or JOB@INSTANT")
                .repeated("-l,--label", "k=v", "all jobs with this label; several: with all of them")
                .toggle("--running", "stop what runs now, too: TERM, then KILL")
                .toggle("--dry-run", "say how many it would be, change nothing")
                .examples("kalends cancel nightly", "kalends cancel -l project=old --dry-run");
    }

    @Override
    public int run(Arguments arguments, Session session) throws IOException {
        Flag running = arguments.has("--running") ? Flag.ON : Flag.OFF;
        List<String> labels = arguments.texts("--label");
        List<String> named = arguments.positionals();
        if (labels.isEmpty() == named.isEmpty()) {
            throw Arguments.usage("name jobs or runs, or choose jobs by -l k=v");
        }
        NodeClient client = session.client();
        List<String> targets =
                named.isEmpty() ? JobChoice.labelled(client, labels, job -> !OVER.contains(job.state())) : named;
        boolean dryRun = arguments.has("--dry-run");
        if (dryRun || !labels.isEmpty()) {
            Confirmation confirmation = new Confirmation(session);
            if (!confirmation.of(targets.size(), "job", "cancelled", dryRun ? Flag.ON : Flag.OFF)) {
                return DONE;
            }
        }
        return Acts.onEach(
                session,
                targets,
                target -> Acts.isRun(target) ? client.cancelRun(target, running) : client.cancelJob(target, running));
    }
}
