package dev.kalends.cli.act;

import dev.kalends.api.ActionResult;
import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorCode;
import dev.kalends.cli.command.Command;
import dev.kalends.cli.command.Session;
import dev.kalends.cli.output.Column;
import dev.kalends.cli.output.ErrorLines;
import dev.kalends.cli.output.Listing;
import dev.kalends.cli.output.Paint;
import dev.kalends.cli.output.Rendering;
import dev.kalends.tui.text.SafeText;
import java.util.List;
import java.util.function.Function;

/**
 * Does the same to several jobs or runs, one after the other: what fails is told and the others are still done.
 *
 * <p>With a single target its own error decides the exit status; with several it is that of {@code partly_failed}.
 */
final class Acts {
    private static final Listing<ActionResult> FIELDS = new Listing<>(
            List.of(
                    Column.text("ID", Column.Fit.FIXED, ActionResult::id),
                    Column.text("NAME", Column.Fit.CUT, ActionResult::name),
                    Column.text("OUTCOME", Column.Fit.FIXED, ActionResult::outcome),
                    Column.text("DETAIL", Column.Fit.CUT, ActionResult::detail)),
            ActionResult::id,
            ActionResult::name);

    private Acts() {}

    /** Acts on each target; returns the exit status. */
    static int onEach(Session session, List<String> targets, Function<String, ActionResult> act) {
        if (targets.size() == 1) {
            print(session, act.apply(targets.getFirst()));
            return Command.DONE;
        }
        int failed = 0;
        for (String target : targets) {
            try {
                print(session, act.apply(target));
            } catch (ApiException e) {
                if (e.code() == ErrorCode.UNREACHABLE || e.code() == ErrorCode.UNAUTHORIZED) {
                    throw e;
                }
                failed++;
                ErrorLines.print(
                        session.surroundings().err(),
                        e.toBody(),
                        session.settings().manner().format());
            }
        }
        if (failed > 0) {
            throw new ApiException(
                    ErrorCode.PARTLY_FAILED, failed + " of " + targets.size() + " failed", "the others are done");
        }
        return Command.DONE;
    }

    /** Prints what was done to one. */
    static void print(Session session, ActionResult result) {
        Rendering to = session.rendering();
        if (to.forPeople()) {
            String name = result.name() == null ? "" : SafeText.line(result.name()) + "  ";
            String detail = result.detail() == null ? "" : "  (" + SafeText.line(result.detail()) + ")";
            String word = SafeText.line(result.outcome()).replace('_', ' ');
            to.out().line(to.paint(Paint.STRONG, word) + " " + name + result.id() + detail);
        } else if (to.format().isJson()) {
            to.json(result);
        } else {
            FIELDS.print(to, result, List.of(result));
        }
        to.out().flush();
    }

    /** Whether a target names a run and not a job. */
    static boolean isRun(String target) {
        return target.indexOf('@') > 0;
    }
}
