package dev.kalends.cli.output;

import dev.kalends.api.ActionResult;
import dev.kalends.tui.text.SafeText;
import java.util.List;

/** Prints what was done to one thing, named by its id. */
public final class ActionLine {
    private static final Listing<ActionResult> FIELDS = new Listing<>(
            List.of(
                    Column.text("ID", Column.Fit.FIXED, ActionResult::id),
                    Column.text("OUTCOME", Column.Fit.FIXED, ActionResult::outcome),
                    Column.text("DETAIL", Column.Fit.CUT, ActionResult::detail)),
            ActionResult::id,
            ActionResult::id);

    private ActionLine() {}

    /** One line; for programs the id, the outcome and the detail. */
    public static void print(Rendering to, ActionResult result) {
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
