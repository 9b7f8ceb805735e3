package dev.kalends.cli.follow;

import dev.kalends.api.RunView;
import dev.kalends.cli.command.Session;
import dev.kalends.cli.output.Cell;
import dev.kalends.cli.output.Column;
import dev.kalends.cli.output.Listing;
import dev.kalends.cli.output.Paint;
import dev.kalends.cli.output.Rendering;
import dev.kalends.cli.output.Times;
import dev.kalends.schedule.DurationText;
import dev.kalends.tui.text.SafeText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says how runs ended: a sentence for people, a line of fields in a pipe, the run as JSON. */
public final class RunEnds {
    private static final Listing<RunView> FIELDS = new Listing<>(
            List.of(
                    Column.text("RUN", Column.Fit.FIXED, RunView::id),
                    Column.state("STATE", RunView::state),
                    new Column<>(
                            "EXIT", Column.Fit.NUMBER, run -> Cell.of(run.exitCode()), run -> text(run.exitCode())),
                    Column.text("ERROR", Column.Fit.CUT, RunView::error)),
            RunView::id,
            RunView::id);

    private RunEnds() {}

    /** Prints to stdout. */
    public static void print(Session session, RunView run) {
        Rendering to = session.rendering();
        if (to.forPeople()) {
            to.out().line(sentence(to, run));
        } else if (to.format().isJson()) {
            to.json(run);
        } else {
            FIELDS.print(to, run, List.of(run));
        }
        to.out().flush();
    }

    /** Prints to stderr, for commands whose stdout belongs to the run's output. */
    public static void tell(Session session, RunView run) {
        session.tell(sentence(session.rendering(), run));
    }

    private static String sentence(Rendering to, RunView run) {
        StringBuilder text = new StringBuilder(to.paint(Paint.ofState(run.state()), run.state()));
        text.append(' ').append(run.jobName() == null ? run.id() : SafeText.line(run.jobName()) + " " + run.id());
        long startedMs = Times.ofRfc3339(run.startedAt());
        long finishedMs = Times.ofRfc3339(run.finishedAt());
        if (startedMs >= 0 && finishedMs >= startedMs) {
            text.append(" after ").append(DurationText.words(finishedMs - startedMs));
        }
        if (run.attempt() > 1) {
            text.append(", attempt ").append(run.attempt()).append(" of ").append(run.maxAttempts());
        }
        if (run.error() != null) {
            text.append(": ").append(SafeText.line(run.error()));
        } else if (run.reason() != null) {
            text.append(": ").append(SafeText.line(run.reason()));
        }
        return text.toString();
    }

    private static @Nullable String text(@Nullable Integer number) {
        return number == null ? null : number.toString();
    }
}
