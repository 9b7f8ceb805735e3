package dev.kalends.cli.act;

import dev.kalends.api.BackfillRequest;
import dev.kalends.api.BackfillView;
import dev.kalends.cli.command.Arguments;
import dev.kalends.cli.command.Command;
import dev.kalends.cli.command.Grammar;
import dev.kalends.cli.command.Session;
import dev.kalends.cli.output.Column;
import dev.kalends.cli.output.Listing;
import dev.kalends.cli.output.Paint;
import dev.kalends.cli.output.Rendering;
import dev.kalends.client.NodeClient;
import dev.kalends.schedule.DurationText;
import dev.kalends.tui.text.SafeText;
import java.util.List;

/** {@code backfill}: makes up for a stretch of a job's past, metered. */
public final class BackfillCommand implements Command {
    private static final Listing<BackfillView> FIELDS = new Listing<>(
            List.of(
                    Column.text("ID", Column.Fit.FIXED, BackfillView::id),
                    Column.text("RUNS", Column.Fit.FIXED, view -> Long.toString(view.runs())),
                    Column.text("FIRST", Column.Fit.FIXED, BackfillView::first),
                    Column.text("UNTIL", Column.Fit.FIXED, BackfillView::until),
                    Column.text("PER-SEC", Column.Fit.FIXED, view -> Integer.toString(view.perSec()))),
            BackfillView::id,
            BackfillView::name);

    @Override
    public void declare(Grammar grammar) {
        grammar.synopsis("backfill JOB --from T [--to T] [--rate N/s] [--dry-run]", "backfill JOB --cancel")
                .positionals("JOB", "1", "name or id of a job that repeats")
                .value("--from", "T", "first instant: RFC 3339, a local time in the job's zone, or how long ago (2d)")
                .value("--to", "T", "the stretch ends before this; without it: now")
                .value("--rate", "N/s", "runs made a second, at most (default 5/s)")
                .toggle("--cancel", "end what goes on; what waits is cancelled, what executes finishes")
                .toggle("--dry-run", "say what it would do, change nothing")
                .examples("kalends backfill reports/daily --from 2026-11-01T00:00 --to 2026-11-08T00:00 --dry-run");
    }

    @Override
    public int run(Arguments arguments, Session session) {
        String job = arguments.positionals().getFirst();
        NodeClient client = session.client();
        if (arguments.has("--cancel")) {
            Acts.print(session, client.cancelBackfill(job));
            return DONE;
        }
        String from = arguments.text("--from").orElseThrow(() -> Arguments.usage("say from when: --from T"));
        boolean dryRun = arguments.has("--dry-run");
        BackfillView view = client.backfill(
                job, new BackfillRequest(from, arguments.textOrNull("--to"), arguments.textOrNull("--rate"), dryRun));
        Rendering to = session.rendering();
        if (to.forPeople()) {
            print(to, view, dryRun ? "would be made" : "are made");
            if (dryRun) {
                to.out().line("Nothing changed. Run again without --dry-run.");
            } else {
                String word = SafeText.line(job);
                to.out().line("  watch: kalends runs " + word + "   end it: kalends backfill " + word + " --cancel");
            }
        } else if (to.format().isJson()) {
            to.json(view);
        } else {
            FIELDS.print(to, view, List.of(view));
        }
        return DONE;
    }

    private static void print(Rendering to, BackfillView view, String done) {
        String name = view.name() == null ? view.id() : SafeText.line(view.name());
        to.out()
                .line(to.paint(Paint.STRONG, view.runs() + (view.runs() == 1 ? " run" : " runs")) + " of " + name + " "
                        + done + " at " + view.perSec() + "/s (" + DurationText.words(view.durationMs()) + ")"
                        + (view.first() == null ? "" : ", from " + view.first() + " until before " + view.until()));
    }
}
