package dev.kalends.cli.look;

import dev.kalends.api.LeaseView;
import dev.kalends.api.RunView;
import dev.kalends.cli.output.Cell;
import dev.kalends.cli.output.Column;
import dev.kalends.cli.output.Listing;
import dev.kalends.cli.output.Paint;
import dev.kalends.schedule.DurationText;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How lists of runs look. */
public final class RunTable {
    private RunTable() {}

    /** Runs of any state, the newest of a job first. */
    public static Listing<RunView> of(long nowMs) {
        return new Listing<>(
                List.of(
                        new Column<>("RUN", Column.Fit.CUT, run -> Cell.of(JobTexts.display(run)), RunView::id),
                        Column.state("STATE", RunView::state),
                        Column.instant("DUE", nowMs, RunView::dueAt),
                        new Column<>(
                                "TOOK",
                                Column.Fit.FIXED,
                                run -> Cell.of(JobTexts.words(JobTexts.tookMs(run))),
                                run -> JobTexts.number(JobTexts.tookMs(run))),
                        new Column<>("TRY", Column.Fit.FIXED, run -> Cell.of(attempt(run)), RunTable::attempt),
                        new Column<>("WHY", Column.Fit.CUT, RunTable::why, RunTable::whyText),
                        Column.text("JOB", Column.Fit.WIDE, RunView::jobName),
                        Column.text("KIND", Column.Fit.WIDE, RunView::kind),
                        wideInstant("NOMINAL", nowMs, RunView::nominalAt),
                        wideInstant("STARTED", nowMs, RunView::startedAt),
                        wideInstant("FINISHED", nowMs, RunView::finishedAt),
                        new Column<>(
                                "SKEW MS",
                                Column.Fit.WIDE,
                                run -> Cell.of(run.skewMs()),
                                run -> JobTexts.number(run.skewMs())),
                        new Column<>(
                                "EXIT",
                                Column.Fit.WIDE,
                                run -> Cell.of(run.exitCode()),
                                run -> JobTexts.number(run.exitCode())),
                        Column.text("WORKER", Column.Fit.WIDE, RunView::worker)),
                RunView::id,
                JobTexts::display);
    }

    /** Runs that are leased now. */
    public static Listing<RunView> leased(long nowMs) {
        return new Listing<>(
                List.of(
                        new Column<>("RUN", Column.Fit.CUT, run -> Cell.of(JobTexts.display(run)), RunView::id),
                        Column.text("WORKER", Column.Fit.CUT, RunView::worker),
                        new Column<>(
                                "TOKEN",
                                Column.Fit.NUMBER,
                                run -> Cell.of(lease(run).map(LeaseView::token).orElse(null)),
                                run -> JobTexts.number(
                                        lease(run).map(LeaseView::token).orElse(null))),
                        new Column<>(
                                "LEFT",
                                Column.Fit.FIXED,
                                RunTable::leaseLeft,
                                run -> JobTexts.number(
                                        lease(run).map(LeaseView::leftMs).orElse(null))),
                        Column.instant("STARTED", nowMs, RunView::startedAt),
                        new Column<>("TRY", Column.Fit.FIXED, run -> Cell.of(attempt(run)), RunTable::attempt),
                        new Column<>(
                                "EPOCH",
                                Column.Fit.WIDE,
                                run -> Cell.of(lease(run).map(LeaseView::epoch).orElse(null)),
                                run -> JobTexts.number(
                                        lease(run).map(LeaseView::epoch).orElse(null)))),
                RunView::id,
                JobTexts::display);
    }

    private static Column<RunView> wideInstant(String title, long nowMs, Function<RunView, @Nullable String> instant) {
        return new Column<>(title, Column.Fit.WIDE, run -> Cell.relative(instant.apply(run), nowMs), instant);
    }

    private static Cell leaseLeft(RunView run) {
        Cell left = left(lease(run).map(LeaseView::leftMs).orElse(null));
        boolean released =
                lease(run).map(LeaseView::released).filter(Boolean.TRUE::equals).isPresent();
        return released ? new Cell(left.text() + " released", Paint.CAUTION) : left;
    }

    /** What is left of a lease; nothing left is a warning. */
    public static Cell left(@Nullable Long leftMs) {
        return leftMs == null ? Cell.NONE : new Cell(DurationText.words(leftMs), leftMs <= 0 ? Paint.BAD : Paint.PLAIN);
    }

    private static Optional<LeaseView> lease(RunView run) {
        return Optional.ofNullable(run.lease());
    }

    private static String attempt(RunView run) {
        return run.attempt() + "/" + run.maxAttempts();
    }

    private static Cell why(RunView run) {
        return new Cell(Optional.ofNullable(whyText(run)).orElse(""), Paint.PLAIN);
    }

    private static @Nullable String whyText(RunView run) {
        return run.error() != null ? run.error() : run.reason();
    }
}
