package dev.kalends.cli.oncall;

import dev.kalends.api.DeedPage;
import dev.kalends.api.DeedView;
import dev.kalends.cli.command.Arguments;
import dev.kalends.cli.command.Command;
import dev.kalends.cli.command.Grammar;
import dev.kalends.cli.command.Session;
import dev.kalends.cli.output.Cell;
import dev.kalends.cli.output.Column;
import dev.kalends.cli.output.Listing;
import dev.kalends.cli.output.Times;
import dev.kalends.client.ShiftClient;
import java.util.List;

/** {@code audit}: who did what, and which node began to lead what. */
public final class AuditCommand implements Command {
    @Override
    public void declare(Grammar grammar) {
        grammar.synopsis("audit [--since D]")
                .value("--since", "D", "from so long ago, or from an instant on (default 1d)")
                .examples("kalends audit --since 12h");
    }

    @Override
    public int run(Arguments arguments, Session session) {
        DeedPage page = new ShiftClient(session.clientSettings())
                .audit(arguments.text("--since").orElse("1d"));
        if (page.items().isEmpty() && session.rendering().forPeople()) {
            session.tell("nobody did anything since " + page.since());
            return DONE;
        }
        if (!page.complete()) {
            session.tell("there is more than one answer holds; ask for a shorter time: --since");
        }
        listing(session).print(session.rendering(), page, page.items());
        return DONE;
    }

    private static Listing<DeedView> listing(Session session) {
        return new Listing<>(
                List.of(
                        new Column<>(
                                "AT",
                                Column.Fit.FIXED,
                                deed -> Cell.of(
                                        Times.local(Times.ofRfc3339(deed.at()), session.nowMs(), session.zone())),
                                DeedView::at),
                        Column.text("WHO", Column.Fit.CUT, DeedView::who),
                        Column.text("DID", Column.Fit.FIXED, DeedView::verb),
                        Column.text("TO", Column.Fit.CUT, DeedView::subject),
                        Column.text("DETAIL", Column.Fit.CUT, deed -> deed.detail() == null ? "" : deed.detail()),
                        Column.text("TENANT", Column.Fit.WIDE, deed -> deed.tenant() == null ? "*" : deed.tenant())),
                DeedView::subject,
                DeedView::subject);
    }
}
