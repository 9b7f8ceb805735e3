package dev.kalends.cli.dead;

import dev.kalends.api.ErrorCode;
import dev.kalends.api.RedriveView;
import dev.kalends.cli.command.Command;
import dev.kalends.cli.command.Session;
import dev.kalends.cli.output.Column;
import dev.kalends.cli.output.Listing;
import dev.kalends.cli.output.Rendering;
import dev.kalends.client.NodeClient;
import dev.kalends.tui.text.SafeText;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Says how a redrive with a canary goes, until it has ended. The node does it: when this program is interrupted, the
 * redrive goes on.
 */
final class CanaryWatch {
    private static final long LOOK_MS = 500;
    /** Between two lines in one phase. */
    private static final long TELL_MS = 3_000;

    private static final Listing<RedriveView> FIELDS = new Listing<>(
            List.of(
                    Column.text("STATE", Column.Fit.FIXED, RedriveView::state),
                    Column.text("PHASE", Column.Fit.FIXED, RedriveView::phase),
                    Column.text("COUNT", Column.Fit.NUMBER, view -> Long.toString(view.count())),
                    Column.text("REOPENED", Column.Fit.NUMBER, view -> Long.toString(view.reopened())),
                    Column.text("SUCCEEDED", Column.Fit.NUMBER, view -> Long.toString(view.succeeded())),
                    Column.text("DIED", Column.Fit.NUMBER, view -> Long.toString(view.died())),
                    Column.text("LEFT", Column.Fit.NUMBER, view -> Long.toString(view.left())),
                    Column.text("RUN", Column.Fit.FIXED, RedriveView::run),
                    Column.text("REASON", Column.Fit.CUT, RedriveView::reason)),
            RedriveView::id,
            RedriveView::id);

    private final Session session;
    private final NodeClient client;
    private Optional<RedriveView> told = Optional.empty();
    private long toldNs;

    CanaryWatch(Session session, NodeClient client) {
        this.session = session;
        this.client = client;
    }

    /** The exit status: done, or that of a run that failed. */
    int follow(String redrive) throws InterruptedException {
        session.tell("one run first; when it succeeds ten, then all. The node goes on when this command ends.");
        RedriveView view = client.redriving(redrive);
        while (view.state().equals("running")) {
            tell(view);
            TimeUnit.MILLISECONDS.sleep(LOOK_MS);
            view = client.redriving(redrive);
        }
        print(view);
        return view.state().equals("done") ? Command.DONE : ErrorCode.RUN_FAILED.exitCode();
    }

    private void tell(RedriveView view) {
        long nowNs = session.surroundings().clocks().monotonic().nowNs();
        boolean turned =
                told.filter(before -> before.phase().equals(view.phase())).isEmpty();
        boolean moved =
                told.filter(before -> progress(before).equals(progress(view))).isEmpty();
        if (turned || (moved && nowNs - toldNs >= TimeUnit.MILLISECONDS.toNanos(TELL_MS))) {
            session.tell(SafeText.line(view.phase()) + ": " + progress(view));
            told = Optional.of(view);
            toldNs = nowNs;
        }
    }

    private static String progress(RedriveView view) {
        return view.reopened() + " of " + view.count() + " reopened, " + view.succeeded() + " succeeded";
    }

    private void print(RedriveView view) {
        Rendering to = session.rendering();
        boolean done = view.state().equals("done");
        if (to.format().isJson()) {
            to.json(view);
        } else if (to.forPeople()) {
            to.out().line((done ? "done: " : "stopped: ") + progress(view) + (done ? "." : ", " + rest(view)));
        } else if (!to.quiet()) {
            FIELDS.print(to, view, List.of(view));
        }
        to.out().flush();
        if (!done) {
            String run = view.run() == null ? "" : "look at it: kalends show " + SafeText.line(view.run()) + "   ";
            session.tell(run + "what is left: kalends dlq ls");
        }
    }

    private static String rest(RedriveView view) {
        String why = view.reason() == null ? "" : "; " + SafeText.line(view.reason());
        return view.left() + (view.left() == 1 ? " stays" : " stay") + " dead" + why;
    }
}
