package dev.kalends.cli.cluster;

import dev.kalends.api.QueuePage;
import dev.kalends.api.QueueView;
import dev.kalends.cli.command.Arguments;
import dev.kalends.cli.command.Command;
import dev.kalends.cli.command.Grammar;
import dev.kalends.cli.command.Session;
import dev.kalends.cli.output.ActionLine;
import dev.kalends.cli.output.Cell;
import dev.kalends.cli.output.Column;
import dev.kalends.cli.output.Listing;
import dev.kalends.client.NodeClient;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code queues}: which there are and what waits in them; in a cluster they are declared before jobs name them. */
public final class QueuesCommand implements Command {
    @Override
    public void declare(Grammar grammar) {
        grammar.synopsis("queues [ls]", "queues add QUEUE", "queues rm QUEUE")
                .positionals(
                        "ACTION",
                        "0..2",
                        "add: jobs may name QUEUE from now on; rm: no more. A node that is alone takes every queue.")
                .choices("ACTION", "ls", "add", "rm")
                .examples("kalends queues", "kalends queues add reports");
    }

    @Override
    public int run(Arguments arguments, Session session) {
        List<String> words = arguments.positionals();
        NodeClient client = session.client();
        switch (words.isEmpty() ? "ls" : words.getFirst()) {
            case "ls" -> list(words, session, client);
            case "add" -> ActionLine.print(session.rendering(), client.declareQueue(named(words)));
            case "rm" -> ActionLine.print(session.rendering(), client.withdrawQueue(named(words)));
            default -> throw Arguments.usage("queues takes ls, add QUEUE or rm QUEUE; word=" + words.getFirst());
        }
        return DONE;
    }

    private static void list(List<String> words, Session session, NodeClient client) {
        if (words.size() > 1) {
            throw Arguments.usage("queues ls takes nothing more; word=" + words.get(1));
        }
        QueuePage page = client.queues();
        listing().print(session.rendering(), page, page.items());
    }

    private static String named(List<String> words) {
        if (words.size() != 2) {
            throw Arguments.usage("queues " + words.getFirst() + " needs a QUEUE");
        }
        return words.get(1);
    }

    private static Listing<QueueView> listing() {
        return new Listing<>(
                List.of(
                        Column.text("QUEUE", Column.Fit.CUT, QueueView::name),
                        new Column<>(
                                "DECLARED",
                                Column.Fit.FIXED,
                                q -> q.declared() ? Cell.of("yes") : Cell.NONE,
                                q -> Boolean.toString(q.declared())),
                        Column.text("READY", Column.Fit.NUMBER, q -> text(q.ready()))),
                QueueView::name,
                QueueView::name);
    }

    private static @Nullable String text(@Nullable Number number) {
        return number == null ? null : number.toString();
    }
}
