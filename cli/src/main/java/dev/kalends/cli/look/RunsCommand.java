package dev.kalends.cli.look;

import dev.kalends.api.RunPage;
import dev.kalends.api.RunView;
import dev.kalends.cli.command.Arguments;
import dev.kalends.cli.command.Command;
import dev.kalends.cli.command.Grammar;
import dev.kalends.cli.command.Session;
import dev.kalends.client.NodeClient;
import dev.kalends.client.RunQuery;

/** {@code runs}: what became of each fire, the open ones first, then the newest. */
public final class RunsCommand implements Command {
    private static final long LIMIT_MAX = 1_000_000_000;

    @Override
    public void declare(Grammar grammar) {
        grammar.synopsis("runs [JOB] [--state S] [--since D] [--late D] [--limit N]")
                .positionals("JOB", "0..1", "a name, an id, or names with * and ?")
                .value("--state", "S", "ready, running, retrying, succeeded, dead, cancelled, skipped or missed")
                .value("--since", "D", "only runs since an instant, or within a duration")
                .value("--late", "D", "only runs that started so much after they were due")
                .value("--limit", "N", "how many (default " + PagedList.PEOPLE_LIMIT + " on a terminal, else all)")
                .choices(
                        "--state",
                        "ready",
                        "running",
                        "retrying",
                        "succeeded",
                        "dead",
                        "cancelled",
                        "skipped",
                        "missed")
                .examples("kalends runs nightly --since 7d", "kalends runs --late 1s --since 1h -o ndjson");
    }

    @Override
    public int run(Arguments arguments, Session session) {
        NodeClient client = session.client();
        PagedList<RunView> list = new PagedList<>(session, RunTable.of(session.nowMs()), (items, after) -> {
            RunPage page = client.runs(new RunQuery(
                    arguments.positionals().stream().findFirst(),
                    arguments.text("--state"),
                    arguments.text("--since"),
                    arguments.text("--late"),
                    items,
                    after));
            return new PagedList.Page<>(page.asOf(), page.items(), page.next());
        });
        list.print(session.rendering(), arguments.wholeNumber("--limit", 1, LIMIT_MAX), "no run matches");
        return DONE;
    }
}
