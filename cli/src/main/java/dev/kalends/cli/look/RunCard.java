package dev.kalends.cli.look;

import dev.kalends.api.AttemptView;
import dev.kalends.api.LeaseView;
import dev.kalends.api.OutputView;
import dev.kalends.api.RunView;
import dev.kalends.cli.command.Session;
import dev.kalends.cli.output.Card;
import dev.kalends.cli.output.Cell;
import dev.kalends.cli.output.Column;
import dev.kalends.cli.output.Listing;
import dev.kalends.cli.output.Paint;
import dev.kalends.cli.output.Rendering;
import dev.kalends.cli.output.Times;
import dev.kalends.schedule.DurationText;
import dev.kalends.tui.text.SafeText;
import dev.kalends.tui.text.TextWidth;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All about a run: when it was due and began, who has it, each attempt, the end of its output. */
public final class RunCard {
    private static final int OUTPUT_LINES = 10;

    private final Session session;
    private final Rendering to;

    public RunCard(Session session) {
        this.session = session;
        this.to = session.rendering();
    }

    /** Prints it, for people or as fields. */
    public void print(RunView run) {
        if (to.terminal().out()) {
            to.out()
                    .line(to.paint(Paint.STRONG, JobTexts.inSentence(JobTexts.display(run))) + "  "
                            + to.paint(Paint.ofState(run.state()), JobTexts.inSentence(run.state())));
        }
        Card card = new Card();
        card.field("state", run.state()).text("id", run.id());
        card.field("job", run.jobName()).field("job-id", run.jobId());
        card.text("kind", run.kind()).text("tenant", run.tenant());
        times(card, run);
        String attempt = run.attempt() + " of " + run.maxAttempts();
        card.row("attempt", Cell.of(attempt), Integer.toString(run.attempt()));
        card.field("max-attempts", Integer.toString(run.maxAttempts()));
        card.text("exit", JobTexts.number(run.exitCode()));
        card.text("error", run.error());
        if (run.reason() != null && run.reason().equals(run.error())) {
            card.field("reason", run.reason());
        } else {
            card.text("reason", run.reason());
        }
        card.text("worker", run.worker()).text("node", run.node());
        lease(card, run.lease());
        card.print(to);
        List<AttemptView> attempts = run.attempts() == null ? List.of() : run.attempts();
        if (to.terminal().out()) {
            if (!attempts.isEmpty()) {
                to.out().line();
                attempts().print(to, attempts, attempts);
            }
            output(run);
        } else {
            attempts.forEach(this::attemptField);
        }
    }

    private void times(Card card, RunView run) {
        instant(card, "nominal", run.nominalAt());
        if (run.dueAt().equals(run.nominalAt())) {
            card.field("due", run.dueAt());
        } else {
            instant(card, "due", run.dueAt());
        }
        card.field("fired", run.firedAt());
        String skew = run.skewMs() == null ? "" : ", " + DurationText.words(run.skewMs()) + " after it was due";
        instant(card, "started", run.startedAt(), skew);
        card.field("skew-ms", JobTexts.number(run.skewMs()));
        Long tookMs = JobTexts.tookMs(run);
        instant(card, "finished", run.finishedAt(), tookMs == null ? "" : ", took " + DurationText.words(tookMs));
        instant(card, "retry", run.retryAt());
    }

    private void instant(Card card, String label, @Nullable String at) {
        instant(card, label, at, "");
    }

    /** An instant in the zone of the session; a terminal shows no row for one that is not there. */
    private void instant(Card card, String label, @Nullable String at, String more) {
        long atMs = Times.ofRfc3339(at);
        if (atMs < 0) {
            card.text(label, at);
            return;
        }
        String local = Times.local(atMs, session.nowMs(), session.zone());
        card.row(label, Cell.of(local + " (" + Times.relative(atMs, session.nowMs()) + ")" + more), at);
    }

    private static void lease(Card card, @Nullable LeaseView lease) {
        if (lease == null) {
            return;
        }
        String left = lease.leftMs() == null ? "" : ", " + DurationText.words(lease.leftMs()) + " left";
        card.row(
                "lease",
                Cell.of("token " + lease.token() + ", epoch " + lease.epoch() + left),
                Long.toString(lease.token()));
        card.field("lease-expires", lease.expiresAt());
    }

    /** How attempts are listed. */
    Listing<AttemptView> attempts() {
        return new Listing<>(
                List.of(
                        Column.text("TRY", Column.Fit.NUMBER, a -> Integer.toString(a.number())),
                        new Column<>(
                                "END",
                                Column.Fit.FIXED,
                                a -> new Cell(a.end(), "succeeded".equals(a.end()) ? Paint.GOOD : Paint.CAUTION),
                                AttemptView::end),
                        Column.instant("STARTED", session.nowMs(), AttemptView::startedAt),
                        new Column<>("TOOK", Column.Fit.FIXED, a -> Cell.of(took(a)), AttemptView::finishedAt),
                        Column.text("EXIT", Column.Fit.NUMBER, a -> JobTexts.number(a.exitCode())),
                        Column.text("TOKEN", Column.Fit.NUMBER, a -> Long.toString(a.token())),
                        Column.text("WORKER", Column.Fit.CUT, AttemptView::worker),
                        Column.text("ERROR", Column.Fit.CUT, AttemptView::error)),
                a -> Integer.toString(a.number()),
                a -> null);
    }

    private static @Nullable String took(AttemptView attempt) {
        long startedMs = Times.ofRfc3339(attempt.startedAt());
        long finishedMs = Times.ofRfc3339(attempt.finishedAt());
        return startedMs < 0 || finishedMs < startedMs ? null : DurationText.words(finishedMs - startedMs);
    }

    /** {@code tried}, then number, token, worker, started, finished, end, exit code and error of one attempt. */
    private void attemptField(AttemptView a) {
        StringBuilder line = new StringBuilder("tried");
        String[] fields = {
            Integer.toString(a.number()), Long.toString(a.token()), a.worker(), a.startedAt(), a.finishedAt(), a.end(),
        };
        for (String field : fields) {
            line.append('\t').append(SafeText.field(field));
        }
        line.append('\t').append(a.exitCode() == null ? "" : a.exitCode());
        line.append('\t').append(a.error() == null ? "" : SafeText.field(a.error()));
        to.out().line(line.toString());
    }

    private void output(RunView run) {
        OutputView output = run.output();
        if (output == null || output.text().isEmpty()) {
            return;
        }
        List<String> lines = output.text().lines().toList();
        List<String> shown = lines.subList(Math.max(0, lines.size() - OUTPUT_LINES), lines.size());
        boolean whole = shown.size() == lines.size() && output.offset() == 0;
        to.out().line();
        to.out().line(to.paint(Paint.DIM, whole ? "OUTPUT" : "END OF OUTPUT"));
        for (String line : shown) {
            to.out().line(TextWidth.cut(SafeText.line(line), to.terminal().width()));
        }
        if (!whole) {
            to.out().line("  all that was kept: kalends logs " + JobTexts.inSentence(JobTexts.display(run)));
        }
    }
}
