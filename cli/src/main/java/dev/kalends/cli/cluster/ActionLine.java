package dev.kalends.cli.cluster;

import dev.kalends.api.ActionResult;
import dev.kalends.cli.command.Session;
import dev.kalends.cli.output.Column;
import dev.kalends.cli.output.Listing;
import dev.kalends.cli.output.Paint;
import dev.kalends.cli.output.Rendering;
import dev.kalends.tui.text.SafeText;
import java.util.List;

/** Prints what was done to a node, a partition or a queue. */
final class ActionLine {
    private static final Listing<ActionResult> FIELDS = new Listing<>(
            List.of(
                    Column.text("ID", Column.Fit.FIXED, ActionResult::id),
                    Column.text("OUTCOME", Column.Fit.FIXED, ActionResult::outcome),
                    Column.text("DETAIL", Column.Fit.CUT, ActionResult::detail)),
            ActionResult::id,
            ActionResult::id);

    private ActionLine() {}

    static void print(Session session, ActionResult result) {
        Rendering to = session.rendering();
        if (to.forPeople()) {
            String detail = result.detail() == null ? "" : "  (" + SafeText.line(result.detail()) + ")";
            String word = SafeText.line(result.outcome()).replace('_', ' ');
            to.out().line(to.paint(Paint.STRONG, word) + " " + SafeText.line(result.id()) + detail);
        } else if (to.format().isJson()) {
            to.json(result);
        } else {
            FIELDS.print(to, result, List.of(result));
        }
    }
}
