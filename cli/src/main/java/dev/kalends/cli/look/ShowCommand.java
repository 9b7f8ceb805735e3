package dev.kalends.cli.look;

import dev.kalends.api.JobView;
import dev.kalends.api.RunView;
import dev.kalends.cli.command.Arguments;
import dev.kalends.cli.command.Command;
import dev.kalends.cli.command.Grammar;
import dev.kalends.cli.command.Session;
import dev.kalends.cli.output.Format;
import dev.kalends.cli.output.Rendering;
import dev.kalends.client.NodeClient;
import dev.kalends.tui.text.SafeText;

/** {@code show}: all about one job or one run. */
public final class ShowCommand implements Command {
    @Override
    public void declare(Grammar grammar) {
        grammar.synopsis("show JOB|RUN")
                .positionals("JOB|RUN", "1", "a name or id; JOB@latest or JOB@20260308T070000Z is a run")
                .examples("kalends show billing/close", "kalends show billing/close@latest");
    }

    @Override
    public int run(Arguments arguments, Session session) {
        String which = arguments.positionals().getFirst();
        NodeClient client = session.client();
        if (which.indexOf('@') >= 0) {
            show(session, client.run(which));
        } else {
            show(session, client.job(which));
        }
        return DONE;
    }

    private static void show(Session session, JobView job) {
        Rendering to = session.rendering();
        if (to.quiet() || to.format() == Format.NAME) {
            to.out().line(SafeText.field(to.quiet() ? job.id() : JobTexts.display(job)));
        } else if (to.format().isJson()) {
            to.json(job);
        } else {
            new JobCard(session).print(job);
        }
    }

    private static void show(Session session, RunView run) {
        Rendering to = session.rendering();
        if (to.quiet() || to.format() == Format.NAME) {
            to.out().line(SafeText.field(to.quiet() ? run.id() : JobTexts.display(run)));
        } else if (to.format().isJson()) {
            to.json(run);
        } else {
            new RunCard(session).print(run);
        }
    }
}
