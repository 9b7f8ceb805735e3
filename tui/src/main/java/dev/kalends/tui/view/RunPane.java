package dev.kalends.tui.view;

import dev.kalends.api.AttemptView;
import dev.kalends.api.LeaseView;
import dev.kalends.api.RunView;
import dev.kalends.tui.list.RunCells;
import dev.kalends.tui.list.Span;
import dev.kalends.tui.model.Data;
import dev.kalends.tui.model.Model;
import dev.kalends.tui.text.Spans;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One run: its times, its lease, its attempts, and what it writes while it does. */
final class RunPane {
    private static final int ATTEMPTS_MAX = 6;

    private RunPane() {}

    static void draw(Grid grid, Area body, Model model) {
        Optional<Data.RunDetail> detail = model.data().run().value();
        if (detail.isEmpty()) {
            grid.frame(body, "RUN " + model.place().label(), "");
            grid.put(body.inside().rightOf(1), "reading…", Style.DIM);
            return;
        }
        RunView run = detail.get().run();
        Facts facts = facts(run, model);
        Area top = body.top(facts.rows() + 2);
        grid.frame(top, "RUN " + run.id(), "");
        facts.draw(grid, top.inside().rightOf(1));
        Area rest = body.below(facts.rows() + 2);
        List<AttemptView> attempts = run.attempts() == null ? List.of() : run.attempts();
        int shown = Math.min(attempts.size(), ATTEMPTS_MAX);
        int attemptRows = shown == 0 ? 0 : Math.min(shown + 2, rest.rows() / 2);
        attempts(grid, rest.top(attemptRows), attempts);
        output(grid, rest.below(attemptRows), detail.get());
    }

    private static Facts facts(RunView run, Model model) {
        Facts facts = new Facts()
                .add("job", RunCells.jobName(run) + "   tenant " + run.tenant() + "   " + run.kind())
                .add("state", RunCells.stateWord(run.state()))
                .add(
                        "due",
                        moment(run.dueAt(), model) + "   fired " + moment(run.firedAt(), model) + "   started "
                                + moment(run.startedAt(), model) + "   ended " + moment(run.finishedAt(), model))
                .add(
                        "attempt",
                        run.attempt() + " of " + run.maxAttempts()
                                + (run.skewMs() == null ? "" : "   skew +" + Spans.brief(run.skewMs()))
                                + (run.exitCode() == null ? "" : "   exit " + run.exitCode()))
                .add("worker", (run.worker() == null ? Spans.NONE : run.worker()))
                .add("error", Span.warn(run.error() == null ? "" : run.error()))
                .add("reason", run.reason() == null ? "" : run.reason());
        LeaseView lease = run.lease();
        if (lease != null && lease.leftMs() != null) {
            long left = lease.leftMs()
                    - (model.shownAt().elapsedMs() - model.data().run().atMs());
            facts.add("lease", "token " + lease.token() + "   epoch " + lease.epoch() + "   left " + Spans.brief(left));
        }
        return facts;
    }

    private static String moment(@Nullable String at, Model model) {
        return Spans.moment(
                Spans.ofRfc3339(at), model.shownAt().wallMs(), model.manner().zone());
    }

    private static void attempts(Grid grid, Area area, List<AttemptView> attempts) {
        if (area.rows() < 3) {
            return;
        }
        grid.frame(area, "ATTEMPTS", attempts.size() > ATTEMPTS_MAX ? "the last of " + attempts.size() : "");
        Area inside = area.inside().rightOf(1);
        List<AttemptView> last = attempts.subList(Math.max(0, attempts.size() - inside.rows()), attempts.size());
        for (int i = 0; i < last.size(); i++) {
            AttemptView attempt = last.get(i);
            long tookMs = Spans.ofRfc3339(attempt.finishedAt()) - Spans.ofRfc3339(attempt.startedAt());
            String text = "#" + attempt.number() + "  " + attempt.end() + "  " + Spans.brief(Math.max(0, tookMs)) + "  "
                    + attempt.worker() + (attempt.exitCode() == null ? "" : "  exit " + attempt.exitCode())
                    + (attempt.error() == null ? "" : "  " + attempt.error());
            grid.put(inside.row(i), text, attempt.end().equals("succeeded") ? Style.GOOD : Style.PLAIN);
        }
    }

    /** The end of what was written: it grows while the run goes on. */
    private static void output(Grid grid, Area area, Data.RunDetail detail) {
        grid.frame(area, "OUTPUT", detail.outputCut() ? "the end of it" : "");
        Area inside = area.inside();
        List<String> lines = detail.output().lines().toList();
        if (lines.isEmpty()) {
            grid.put(inside.rightOf(1), "nothing was written", Style.DIM);
        }
        List<String> last = lines.subList(Math.max(0, lines.size() - inside.rows()), lines.size());
        for (int i = 0; i < last.size(); i++) {
            grid.put(inside.row(i).rightOf(1), last.get(i).replace("\t", "    "), Style.PLAIN);
        }
    }
}
