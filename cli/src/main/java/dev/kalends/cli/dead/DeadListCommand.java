package dev.kalends.cli.dead;

import dev.kalends.api.DeadPage;
import dev.kalends.api.DeadView;
import dev.kalends.cli.command.Arguments;
import dev.kalends.cli.command.Command;
import dev.kalends.cli.command.Grammar;
import dev.kalends.cli.command.Session;
import dev.kalends.cli.look.PagedList;
import dev.kalends.cli.output.Format;
import dev.kalends.cli.output.Rendering;
import dev.kalends.client.NodeClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** {@code dlq ls}: what killed how many runs; then the runs. Programs get the runs, JSON has both. */
public final class DeadListCommand implements Command {
    private static final int PEOPLE_LIMIT = 20;
    private static final long LIMIT_MAX = 1_000_000_000;

    @Override
    public void declare(Grammar grammar) {
        grammar.synopsis("dlq ls " + DeadFlags.SYNOPSIS + " [--limit N]");
        DeadFlags.declare(grammar);
        grammar.value("--limit", "N", "how many runs (default " + PEOPLE_LIMIT + " on a terminal, else all)")
                .examples("kalends dlq ls --since 1d", "kalends dlq ls --error 'HTTP 5..' -q");
    }

    @Override
    public int run(Arguments arguments, Session session) {
        NodeClient client = session.client();
        Rendering to = session.rendering();
        OptionalLong limit = arguments.wholeNumber("--limit", 1, LIMIT_MAX);
        if (to.forPeople()) {
            forPeople(
                    session,
                    client.dead(DeadFlags.query(
                            arguments,
                            (int) Math.min(limit.orElse(PEOPLE_LIMIT), PagedList.PAGE_MAX),
                            Optional.empty())));
        } else if (to.format() == Format.JSON && !to.quiet()) {
            to.json(whole(arguments, client, limit.orElse(Long.MAX_VALUE)));
        } else {
            PagedList<DeadView> list = new PagedList<>(session, DeadTable.letters(session.nowMs()), (items, after) -> {
                DeadPage page = client.dead(DeadFlags.query(arguments, items, after));
                return new PagedList.Page<>(page.asOf(), page.items(), page.next());
            });
            list.print(to, limit, "");
        }
        return DONE;
    }

    private static void forPeople(Session session, DeadPage page) {
        if (page.groups().isEmpty()) {
            session.tell("no dead letters");
            return;
        }
        Rendering to = session.rendering();
        DeadTable.groups(session.nowMs()).print(to, page, page.groups());
        to.out().line();
        DeadTable.letters(session.nowMs()).print(to, page, page.items());
        if (page.next() != null) {
            session.tell("there is more; show it with --limit N");
        }
        session.tell("one of them: kalends dlq show RUN   again: kalends dlq redrive --fingerprint F --dry-run");
    }

    /** All pages as one document: groups are over all letters on each of them. */
    private static DeadPage whole(Arguments arguments, NodeClient client, long limit) {
        List<DeadView> items = new ArrayList<>();
        Optional<String> after = Optional.empty();
        DeadPage page;
        do {
            int wanted = (int) Math.min(limit - items.size(), PagedList.PAGE_MAX);
            page = client.dead(DeadFlags.query(arguments, wanted, after));
            items.addAll(page.items());
            after = Optional.ofNullable(page.next());
        } while (after.isPresent() && items.size() < limit);
        return new DeadPage(page.asOf(), page.groups(), items, page.next());
    }
}
