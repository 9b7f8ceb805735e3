package dev.kalends.cli.look;

import dev.kalends.api.JobPage;
import dev.kalends.api.JobView;
import dev.kalends.api.RunView;
import dev.kalends.cli.command.Arguments;
import dev.kalends.cli.command.Command;
import dev.kalends.cli.command.Grammar;
import dev.kalends.cli.command.Session;
import dev.kalends.cli.output.Cell;
import dev.kalends.cli.output.Column;
import dev.kalends.cli.output.Listing;
import dev.kalends.cli.output.Paint;
import dev.kalends.cli.output.Rendering;
import dev.kalends.cli.output.Times;
import dev.kalends.client.JobQuery;
import dev.kalends.client.NodeClient;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** {@code ls}: the jobs, what they wait for and how they did last. */
public final class ListCommand implements Command {
    private static final long LIMIT_MAX = 1_000_000_000;
    private static final int WATCHED_LIMIT = 20;

    @Override
    public void declare(Grammar grammar) {
        grammar.synopsis("ls [GLOB] [--state S] [-l K=V]… [--due-before T] [--limit N] [--watch]")
                .positionals("GLOB", "0..1", "names, with * and ?")
                .value("--state", "S", "scheduled, waiting, paused, active, finished or cancelled")
                .repeated("-l,--label", "K=V", "only jobs with this label")
                .value("--due-before", "T", "only jobs due before an instant, or within a duration")
                .value("--limit", "N", "how many (default " + PagedList.PEOPLE_LIMIT + " on a terminal, else all)")
                .toggle("--watch", "look again every 2 s")
                .choices("--state", "scheduled", "waiting", "paused", "active", "finished", "cancelled")
                .examples("kalends ls 'billing/*' --state paused", "kalends ls --due-before 1h -q");
    }

    @Override
    public int run(Arguments arguments, Session session) throws InterruptedException {
        NodeClient client = session.client();
        OptionalLong limit = arguments.wholeNumber("--limit", 1, LIMIT_MAX);
        PagedList<JobView> list = new PagedList<>(session, listing(session.nowMs()), (items, after) -> {
            JobPage page = client.jobs(new JobQuery(
                    arguments.positionals().stream().findFirst(),
                    arguments.text("--state"),
                    arguments.texts("--label"),
                    arguments.text("--due-before"),
                    items,
                    after));
            return new PagedList.Page<>(page.asOf(), page.items(), page.next());
        });
        if (!arguments.has("--watch")) {
            list.print(session.rendering(), limit, none(arguments));
            return DONE;
        }
        if (!session.rendering().forPeople()) {
            throw Arguments.usage("--watch needs a terminal; programs follow kalends events -f");
        }
        OptionalLong shown = limit.isPresent() ? limit : OptionalLong.of(WATCHED_LIMIT);
        new Watch().run(session, to -> watched(session, list, to, shown));
        return DONE;
    }

    private static void watched(Session session, PagedList<JobView> list, Rendering to, OptionalLong limit) {
        to.out().line(to.paint(Paint.DIM, Watch.heading(session))).line();
        list.print(to, limit, "no job matches");
    }

    private static String none(Arguments arguments) {
        boolean filtered = !arguments.positionals().isEmpty()
                || arguments.has("--state")
                || arguments.has("--label")
                || arguments.has("--due-before");
        return filtered ? "no job matches" : "no jobs yet; make one: kalends submit --in 10s -- echo hello";
    }

    /** How a list of jobs looks. */
    static Listing<JobView> listing(long nowMs) {
        return new Listing<>(
                List.of(
                        Column.text("NAME", Column.Fit.CUT, JobTexts::display),
                        Column.state("STATE", JobView::state),
                        Column.instant("NEXT", nowMs, JobView::nextFireAt),
                        new Column<>(
                                "LAST",
                                Column.Fit.FIXED,
                                job -> last(job.lastRun(), nowMs),
                                job -> Optional.ofNullable(job.lastRun())
                                        .map(RunView::state)
                                        .orElse(null)),
                        Column.text("SCHEDULE", Column.Fit.CUT, job -> JobTexts.schedule(job.schedule())),
                        Column.text("ID", Column.Fit.WIDE, JobView::id),
                        Column.text("TENANT", Column.Fit.WIDE, JobView::tenant),
                        Column.text("KIND", Column.Fit.WIDE, JobView::kind),
                        Column.text("QUEUE", Column.Fit.WIDE, JobView::queue),
                        Column.text("LABELS", Column.Fit.WIDE, job -> JobTexts.labels(job.labels())),
                        Column.text("WORK", Column.Fit.WIDE, JobTexts::work)),
                JobView::id,
                JobView::name);
    }

    private static Cell last(@Nullable RunView run, long nowMs) {
        if (run == null) {
            return Cell.NONE;
        }
        long endedMs = Times.ofRfc3339(run.finishedAt());
        String when = endedMs < 0 ? "" : " " + JobTexts.coarse(Times.relative(endedMs, nowMs));
        return new Cell(run.state() + when, Paint.ofState(run.state()));
    }
}
