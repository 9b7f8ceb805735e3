package dev.kalends.cli.act;

import dev.kalends.cli.command.Arguments;
import dev.kalends.cli.command.Command;
import dev.kalends.cli.command.Grammar;
import dev.kalends.cli.command.Session;
import dev.kalends.client.NodeClient;

/** {@code rerun}: reopens a run that ended dead or was skipped, with a new series of attempts. */
public final class RerunCommand implements Command {
    @Override
    public void declare(Grammar grammar) {
        grammar.synopsis("rerun RUN…").positionals("RUN", "1..*", "JOB@INSTANT or JOB@latest");
    }

    @Override
    public int run(Arguments arguments, Session session) {
        NodeClient client = session.client();
        return Acts.onEach(session, arguments.positionals(), client::rerun);
    }
}
