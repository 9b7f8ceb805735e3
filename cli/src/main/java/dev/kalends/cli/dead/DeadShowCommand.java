package dev.kalends.cli.dead;

import dev.kalends.api.ApiException;
import dev.kalends.api.DeadPage;
import dev.kalends.api.DeadView;
import dev.kalends.api.ErrorCode;
import dev.kalends.api.RunView;
import dev.kalends.cli.command.Arguments;
import dev.kalends.cli.command.Command;
import dev.kalends.cli.command.Grammar;
import dev.kalends.cli.command.Session;
import dev.kalends.cli.look.RunCard;
import dev.kalends.cli.output.Format;
import dev.kalends.cli.output.Rendering;
import dev.kalends.client.NodeClient;
import dev.kalends.tui.text.SafeText;
import java.util.List;
import java.util.Optional;

/** {@code dlq show}: dead letters with each attempt and the end of their output. */
public final class DeadShowCommand implements Command {
    private static final int LIMIT_DEFAULT = 10;
    private static final int LIMIT_MAX = 1000;

    @Override
    public void declare(Grammar grammar) {
        grammar.synopsis("dlq show RUN…", "dlq show " + DeadFlags.SYNOPSIS + " [--limit N]")
                .positionals("RUN", "0..*", "as dlq ls prints them");
        DeadFlags.declare(grammar);
        grammar.value("--limit", "N", "how many (default " + LIMIT_DEFAULT + ")")
                .examples(
                        "kalends dlq show nightly@20260308T070000Z", "kalends dlq show --fingerprint 9f8e7d --limit 1");
    }

    @Override
    public int run(Arguments arguments, Session session) {
        NodeClient client = session.client();
        List<String> runs = arguments.positionals();
        int limit = (int) arguments.wholeNumber("--limit", 1, LIMIT_MAX).orElse(LIMIT_DEFAULT);
        boolean named = !runs.isEmpty();
        if (!named) {
            DeadPage page = client.dead(DeadFlags.query(arguments, limit, Optional.empty()));
            runs = page.items().stream().map(DeadView::run).map(RunView::id).toList();
            if (runs.isEmpty()) {
                session.tell("no dead letter matches");
            }
        }
        boolean first = true;
        for (String id : runs) {
            RunView run = client.run(id);
            if (named && !run.state().equals("dead")) {
                throw new ApiException(
                        ErrorCode.CONFLICT,
                        "this run is no dead letter; run=" + run.id() + " state=" + run.state(),
                        "look at it all the same: kalends show " + run.id());
            }
            if (!first && session.rendering().forPeople()) {
                session.surroundings().out().line();
            }
            first = false;
            print(session, run);
        }
        if (session.rendering().forPeople() && !runs.isEmpty()) {
            session.tell("again: kalends dlq redrive RUN   drop: kalends dlq discard RUN");
        }
        return DONE;
    }

    private static void print(Session session, RunView run) {
        Rendering to = session.rendering();
        if (to.quiet() || to.format() == Format.NAME) {
            to.out().line(SafeText.field(run.id()));
        } else if (to.format().isJson()) {
            to.json(run);
        } else {
            new RunCard(session).print(run);
        }
    }
}
